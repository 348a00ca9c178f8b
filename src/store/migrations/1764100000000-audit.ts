import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, optional, primary, text } from './table';

export class Audit1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'audit_event', [
      integer('sequence', primary),
      text('at', { index: 'audit_event_at' }),
      text('action'),
      text('actor_kind'),
      text('actor_id', { ...optional, index: 'audit_event_actor' }),
      text('actor_name', optional),
      text('subject_kind', optional),
      text('subject_id', { ...optional, index: 'audit_event_subject' }),
      text('subject_name', optional),
      text('before_json'),
      text('after_json'),
      integer('count'),
      text('previous_hash'),
      text('hash'),
    ]);
    for (const statement of isSqlite(runner) ? SQLITE_GUARD : POSTGRES_GUARD) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_event');
    if (!isSqlite(runner)) await runner.query('DROP FUNCTION refuse_audit_change()');
  }
}

function isSqlite(runner: QueryRunner): boolean {
  return runner.connection.options.type === 'sqlite';
}

const SQLITE_GUARD = ['UPDATE', 'DELETE'].map(
  (change) =>
    `CREATE TRIGGER audit_event_no_${change.toLowerCase()} BEFORE ${change} ON audit_event
       BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END`,
);

const POSTGRES_GUARD = [
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$`,
  `CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];
