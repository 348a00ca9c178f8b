import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, optional, primary, text } from './table';

export class AccessRequests1764300000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'access_request', [
      text('id', primary),
      text('credential_id', {
        references: { table: 'credential', onDelete: 'CASCADE' },
        index: 'access_request_of_credential',
      }),
      text('created_at'),
      text('reason'),
      text('wanted'),
      text('state', { index: 'access_request_by_state' }),
      text('decided_at', optional),
      text('note', optional),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('access_request');
  }
}
