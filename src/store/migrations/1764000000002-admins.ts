import type { MigrationInterface, QueryRunner } from 'typeorm';
import { boolean, createTable, primary, text } from './table';

export class Admins1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'admin', [
      text('id', primary),
      text('email'),
      text('email_key', { uniqueIndex: 'admin_email_key' }),
      text('name'),
      text('role'),
      text('password_hash'),
      boolean('enabled'),
      text('created_at'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('admin');
  }
}
