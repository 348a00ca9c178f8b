import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { fillStatements } from './company.mjs';
import { runCommand } from './gateway.mjs';

/** Makes a store as the gateway makes it and fills it with people, in SQLite or in the database of `databaseUrl`. */
export async function makeStore(place, size) {
  await runCommand(place, 'migrate');
  const dialect = place.databaseUrl ? 'postgres' : 'sqlite';
  const statements = fillStatements(dialect, size);
  if (dialect === 'postgres') await fillPostgres(place.databaseUrl, statements);
  else fillSqlite(sqliteFile(place), statements);
}

export function sqliteFile({ folder }) {
  return path.join(folder, 'data', 'fieldgate.sqlite');
}

/** A copy for the others, so that nobody waits for the gateway's own writing. */
export function copyStore(place) {
  const copy = path.join(place.folder, 'people.sqlite');
  copyFileSync(sqliteFile(place), copy);
  return copy;
}

function fillSqlite(file, statements) {
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  database.transaction(() => statements.slice(0, -1).forEach((statement) => database.exec(statement)))();
  database.exec(statements.at(-1));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

async function fillPostgres(connectionString, statements) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
    await client.query(`SELECT setval(pg_get_serial_sequence('employee', 'id'), (SELECT max(id) FROM employee))`);
  } finally {
    await client.end();
  }
}
