import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, createTable, integer, primary, text } from './table';

export class EmployeeWriting1764100000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Not by TypeORM's addColumn: on SQLite it makes the table anew, and whatever refers to it would be deleted with the old.
    await runner.query('ALTER TABLE employee ADD COLUMN version integer NOT NULL DEFAULT 1');
    await runner.query('CREATE INDEX employee_email_key ON employee (lower(email))');
    await createTable(runner, 'employee_change', [
      bigint('sequence', primary),
      integer('employee_id', {
        references: { table: 'employee', onDelete: 'CASCADE' },
        index: 'employee_change_employee',
      }),
      text('attribute_key', { index: 'employee_change_attribute' }),
      text('at'),
    ]);
    await createTable(runner, 'employee_change_counter', [integer('id', primary), bigint('last')]);
    await runner.query('INSERT INTO employee_change_counter (id, last) VALUES (1, 0)');
    await createTable(runner, 'idempotency_key', [
      text('credential_id', { ...primary, references: { table: 'credential', onDelete: 'CASCADE' } }),
      text('key', primary),
      text('request_mac'),
      text('outcome'),
      text('created_at', { index: 'idempotency_key_created_at' }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_key', 'employee_change_counter', 'employee_change'])
      await runner.dropTable(table);
    await runner.query('DROP INDEX employee_email_key');
    await runner.query('ALTER TABLE employee DROP COLUMN version');
  }
}
