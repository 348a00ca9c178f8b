import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sql, { type Sql } from 'sql-template-tag';
import { UsageError } from '../errors';
import { copyDataSource, type StoreLocation } from './data-source';
import { runProgram, type PostgresPrograms } from './postgres-programs';
import { withMigrationLock } from './migrating';
import type { Row } from './store';

/** Reads within the snapshot of a backup. */
export type SnapshotReader = (query: Sql) => Promise<Row[]>;

/** Writes the database as it is at one moment into a file, while others read and write it. @returns what `look` saw then */
export async function dumpDatabase<T>(
  location: StoreLocation,
  file: string,
  programs: PostgresPrograms,
  onProgress: (share: number) => void,
  look: (read: SnapshotReader) => Promise<T>,
): Promise<T> {
  const dataSource = await copyDataSource(location).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    const read: SnapshotReader = ({ text, values }) => runner.query(text, values) as Promise<Row[]>;
    const [row] = await read(sql`SELECT pg_export_snapshot() AS snapshot`);
    const tables = dataSource.entityMetadatas.length;
    let dumped = 0;
    const onLine = (line: string) => {
      if (line.includes('dumping contents of table')) onProgress(Math.min(0.99, (dumped += 1) / tables));
    };
    const seen = await look(read);
    const args = ['--format=custom', '--no-owner', '--no-privileges', '--verbose', `--file=${file}`];
    await runProgram('pg_dump', [...args, `--snapshot=${String(row?.['snapshot'])}`], { ...programs, onLine });
    return seen;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
    await dataSource.destroy();
  }
}

/**
 * Fills an empty database from a backup. The list of applied migrations comes last, after `settle`: a gateway that finds the
 * tables without it does not start, so nobody is served what `settle` has not looked at, even if this process dies half-way.
 */
export async function restoreDatabase<T>(
  location: StoreLocation,
  file: string,
  programs: PostgresPrograms,
  aside: string,
  settle: () => Promise<T>,
): Promise<T> {
  return withMigrationLock(location, async (read) => {
    const [row] = await read(
      `SELECT count(*) AS present FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v', 'S')`,
    );
    if (Number(row?.['present']) > 0) throw new UsageError('The database is not empty. Nothing was overwritten.');
    const contents = (await runProgram('pg_restore', ['--list', file], programs)).split('\n');
    const isMigrations = (line: string) => /TABLE DATA \S+ migrations /.test(line);
    if (!contents.some(isMigrations)) throw new UsageError(`${file} is not a backup of Fieldgate.`);
    const restore = async (name: string, lines: readonly string[]) => {
      const list = path.join(aside, name);
      writeFileSync(list, lines.join('\n'));
      const args = [
        '--single-transaction',
        '--exit-on-error',
        '--no-owner',
        '--no-privileges',
        `--use-list=${list}`,
        file,
      ];
      await runProgram('pg_restore', args, programs);
    };
    // The schema "public" is there in every database.
    await restore(
      'most',
      contents.filter((line) => !isMigrations(line) && !line.includes(' SCHEMA - ')),
    );
    const result = await settle();
    await restore('migrations', contents.filter(isMigrations));
    return result;
  });
}
