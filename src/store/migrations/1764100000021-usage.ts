import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, primary, text } from './table';

// No foreign keys: what a deleted credential has asked for stays in the sums, and a count that is written a moment after its
// credential was deleted must not fail those of all others.
export class Usage1764100000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'credential_usage', [
      text('credential_id', primary),
      text('day', { ...primary, index: 'credential_usage_day' }),
      integer('requests'),
      integer('denials'),
    ]);
    await createTable(runner, 'attribute_usage', [
      text('credential_id', primary),
      text('attribute_key', primary),
      text('day', { ...primary, index: 'attribute_usage_day' }),
      integer('reads'),
      integer('denials'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('attribute_usage');
    await runner.dropTable('credential_usage');
  }
}
