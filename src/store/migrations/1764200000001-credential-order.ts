import type { MigrationInterface, QueryRunner } from 'typeorm';

// SQLite orders by bytes with the unique index of the name; PostgreSQL's own collation would not.
export class CredentialOrder1764200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type !== 'postgres') return;
    await runner.query('CREATE INDEX credential_name_order ON credential (name_key COLLATE "C", id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX IF EXISTS credential_name_order');
  }
}
