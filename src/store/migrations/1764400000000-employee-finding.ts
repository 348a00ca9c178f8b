import sql from 'sql-template-tag';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { binary, fold } from '../fold';

/** Indexes for how people are mostly looked for and listed. Text stands as `fold` and `binary` write it in conditions and orders. */
export class ExpandEmployeeFinding1764400000000 implements MigrationInterface {
  readonly name = 'ExpandEmployeeFinding1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    const dialect = runner.connection.options.type === 'postgres' ? 'postgres' : 'sqlite';
    const name = (column: 'first_name' | 'last_name') => binary(fold(NAMES[column], dialect), dialect).sql;
    const day = (column: 'hire_date' | 'last_working_day') => binary(DAYS[column], dialect).sql;
    for (const [index, keys] of [
      ['employee_name_order', `(${name('last_name')}), (${name('first_name')}), id`],
      ['employee_hire_date', `(${day('hire_date')}), id`],
      ['employee_last_working_day', `(${day('last_working_day')}), id`],
      ['employee_email', 'email'],
    ]) {
      await runner.query(`CREATE INDEX ${index} ON employee (${keys})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['employee_name_order', 'employee_hire_date', 'employee_last_working_day', 'employee_email']) {
      await runner.query(`DROP INDEX ${index}`);
    }
  }
}

const NAMES = { first_name: sql`first_name`, last_name: sql`last_name` };
const DAYS = { hire_date: sql`hire_date`, last_working_day: sql`last_working_day` };
