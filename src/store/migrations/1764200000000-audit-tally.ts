import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, primary, text } from './table';

// No foreign key: what a deleted credential did is still told.
export class AuditTally1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'audit_tally', [
      text('hour', primary),
      text('credential_id', primary),
      text('action', primary),
      text('attribute_key', primary),
      integer('count'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_tally');
  }
}
