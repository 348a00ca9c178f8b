import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, primary, text } from './table';

// Unlogged: counts of a minute need not survive a crash, and so no commit of them waits for the disk. SQLite has a file of
// its own for them.
export class Rates1764300000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type !== 'postgres') return;
    await createTable(runner, 'rate_count', [
      text('key', primary),
      integer('taken'),
      integer('lease'),
      text('ends_at', { index: 'rate_count_end' }),
    ]);
    await runner.query('ALTER TABLE rate_count SET UNLOGGED');
  }

  async down(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type === 'postgres') await runner.dropTable('rate_count');
  }
}
