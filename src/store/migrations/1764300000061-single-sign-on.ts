import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, optional, primary, text } from './table';

const ADMIN = { table: 'admin', onDelete: 'CASCADE' } as const;

export class SingleSignOn1764300000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'admin_identity', [
      text('issuer', primary),
      text('subject', primary),
      text('admin_id', { references: ADMIN, uniqueIndex: 'admin_identity_admin' }),
      text('linked_at'),
    ]);
    await createTable(runner, 'sign_on_attempt', [
      text('mac', primary),
      text('purpose'),
      text('session_id', optional),
      text('started_at'),
      text('expires_at'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sign_on_attempt');
    await runner.dropTable('admin_identity');
  }
}
