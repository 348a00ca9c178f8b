import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, primary, text } from './table';

export class Integrations1764100000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'integration', [
      text('id', primary),
      text('name'),
      text('name_key', { uniqueIndex: 'integration_name_key' }),
      text('category'),
      text('website', { isNullable: true }),
      text('recommended_modules'),
      text('recommended_attributes'),
      text('created_at'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('integration');
  }
}
