import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, optional, primary, text } from './table';

const ADMIN = { table: 'admin', onDelete: 'CASCADE' } as const;

export class Sessions1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE admin ADD COLUMN last_sign_in_at text');
    await createTable(runner, 'admin_session', [
      text('id', primary),
      text('admin_id', { references: ADMIN, index: 'admin_session_admin' }),
      text('mac', { uniqueIndex: 'admin_session_mac' }),
      text('created_at'),
      text('last_seen_at'),
      text('expires_at'),
      text('authenticated_at'),
      text('user_agent', optional),
    ]);
    await createTable(runner, 'admin_link', [
      text('mac', primary),
      text('kind'),
      text('admin_id', { ...optional, references: ADMIN, index: 'admin_link_admin' }),
      text('expires_at'),
    ]);
    await createTable(runner, 'sign_in_failure', [text('key', primary), integer('count'), text('blocked_until')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sign_in_failure', 'admin_link', 'admin_session']) await runner.dropTable(table);
    await runner.query('ALTER TABLE admin DROP COLUMN last_sign_in_at');
  }
}
