import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, primary, text } from './table';

// Unlogged on PostgreSQL: counts of a minute need not survive a crash, and so no commit of them waits for the disk.
export class Rates1764300000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'rate_count', [
      text('key', primary),
      integer('taken'),
      integer('lease'),
      text('ends_at', { index: 'rate_count_end' }),
    ]);
    if (runner.connection.options.type === 'postgres') await runner.query('ALTER TABLE rate_count SET UNLOGGED');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rate_count');
  }
}
