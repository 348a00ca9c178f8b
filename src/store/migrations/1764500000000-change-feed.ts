import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes by which a page of the change feed, and who changed since a moment, are found without the rest of the history. They
 * do what the one on the attribute alone did.
 */
export class ExpandChangeFeed1764500000000 implements MigrationInterface {
  readonly name = 'ExpandChangeFeed1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX employee_change_feed ON employee_change (attribute_key, sequence)');
    await runner.query('CREATE INDEX employee_change_moment ON employee_change (attribute_key, at, employee_id)');
    await runner.query('DROP INDEX employee_change_attribute');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX employee_change_attribute ON employee_change (attribute_key)');
    for (const index of ['employee_change_feed', 'employee_change_moment']) await runner.query(`DROP INDEX ${index}`);
  }
}
