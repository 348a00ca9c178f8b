import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, createTable, integer, primary, text } from './table';

export class EmployeeErasure1764200000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'employee_erasure', [bigint('sequence', primary), integer('employee_id'), text('at')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('employee_erasure');
  }
}
