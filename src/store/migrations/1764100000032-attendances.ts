import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, generatedId, integer, optional, text } from './table';

export class Attendances1764100000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'attendance', [
      generatedId(),
      integer('employee_id', { references: { table: 'employee', onDelete: 'CASCADE' }, index: 'attendance_employee' }),
      text('starts_at', { index: 'attendance_starts_at' }),
      text('ends_at', { index: 'attendance_ends_at' }),
      integer('break_minutes'),
      text('project', optional),
      text('comment', optional),
      integer('version'),
      text('created_at'),
      text('last_modified_at'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('attendance');
  }
}
