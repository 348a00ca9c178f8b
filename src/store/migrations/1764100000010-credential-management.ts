import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, primary, text } from './table';

const DETAILS = ['description', 'owner_contact', 'purpose', 'integration_id', 'last_used_at'];

export class CredentialManagement1764100000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Not by TypeORM's addColumn: on SQLite it makes the table anew, and whatever refers to it would be deleted with the old.
    for (const column of DETAILS) await runner.query(`ALTER TABLE credential ADD COLUMN ${column} text`);
    // Each database has its own way to write false, and TypeORM compares defaults by their text.
    const no = runner.connection.options.type === 'postgres' ? 'false' : '0';
    await runner.query(`ALTER TABLE credential ADD COLUMN separate_directions boolean NOT NULL DEFAULT ${no}`);
    await runner.query('CREATE INDEX credential_last_used_at ON credential (last_used_at)');
    await runner.query('CREATE INDEX credential_integration ON credential (integration_id)');
    await createTable(runner, 'credential_revision', [
      text('credential_id', { ...primary, references: { table: 'credential', onDelete: 'CASCADE' } }),
      integer('version', primary),
      text('fields'),
    ]);
    await createTable(runner, 'sealed_secret', [
      text('secret_id', { ...primary, references: { table: 'credential_secret', onDelete: 'CASCADE' } }),
      text('ciphertext'),
      text('wrapped_key'),
      text('key_id', { index: 'sealed_secret_key' }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sealed_secret');
    await runner.dropTable('credential_revision');
    await runner.query('DROP INDEX credential_integration');
    await runner.query('DROP INDEX credential_last_used_at');
    for (const column of ['separate_directions', ...DETAILS]) {
      await runner.query(`ALTER TABLE credential DROP COLUMN ${column}`);
    }
  }
}
