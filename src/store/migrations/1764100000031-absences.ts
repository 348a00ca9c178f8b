import type { MigrationInterface, QueryRunner } from 'typeorm';
import { boolean, createTable, double, generatedId, integer, optional, text } from './table';

export class Absences1764100000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'absence_type', [
      generatedId(),
      text('name', { isUnique: true }),
      text('unit'),
      boolean('paid'),
    ]);
    await createTable(runner, 'absence', [
      generatedId(),
      integer('employee_id', { references: { table: 'employee', onDelete: 'CASCADE' }, index: 'absence_employee' }),
      integer('type_id', { references: { table: 'absence_type' }, index: 'absence_type_id' }),
      text('start_date', { index: 'absence_start_date' }),
      text('end_date', { index: 'absence_end_date' }),
      boolean('starts_at_noon'),
      boolean('ends_at_noon'),
      double('hours', optional),
      text('status'),
      text('comment', optional),
      integer('version'),
      text('created_at'),
      text('last_modified_at'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['absence', 'absence_type']) await runner.dropTable(table);
  }
}
