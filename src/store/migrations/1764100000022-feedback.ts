import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, generatedId, integer, optional, text } from './table';

export class Feedback1764100000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'feedback', [
      generatedId(),
      text('at'),
      text('admin_id'),
      text('admin_name'),
      integer('rating', optional),
      text('message'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('feedback');
  }
}
