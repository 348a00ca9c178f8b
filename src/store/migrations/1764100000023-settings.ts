import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, primary, text } from './table';

export class Settings1764100000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'setting', [text('key', primary), text('value')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('setting');
  }
}
