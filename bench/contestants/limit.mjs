import sqlite3 from 'sqlite3';
import { limitRequests, limitRows, serveLimit, TOKEN_INSERT, TOKEN_TABLE } from './limit-server.mjs';
import { limitStatements } from './limit-statements.mjs';
import { startPeer } from './start.mjs';

export const contestant = {
  name: 'limit',
  title: 'the limit',
  database: 'SQLite',
  about: 'node:http and one prepared statement on sqlite3, the driver that Fieldgate has; no GraphQL, no permissions',
  start: (place) => startPeer('limit', place),
  requests: limitRequests,
  rows: limitRows,
};

/** Connections that read in turns, so that both cores work. Fieldgate has as many. */
const READERS = 2;

export async function serve({ file }) {
  const statements = limitStatements('sqlite');
  const readers = Array.from({ length: READERS }, () => {
    const database = new sqlite3.Database(file, sqlite3.OPEN_READONLY);
    // As much as Fieldgate's readers have, and every connection of better-sqlite3.
    database.run('PRAGMA cache_size = -16384');
    return Object.fromEntries(Object.entries(statements).map(([name, text]) => [name, database.prepare(text)]));
  });
  const writer = new sqlite3.Database(`${file}.limit`);
  await new Promise((resolve, reject) =>
    writer.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${TOKEN_TABLE}`, (error) =>
      error ? reject(error) : resolve(),
    ),
  );
  const insert = writer.prepare(`${TOKEN_INSERT} (?, ?)`);
  let turn = 0;
  return serveLimit({
    ask: (workload, { id }) => {
      const statement = readers[(turn += 1) % READERS][workload];
      return new Promise((resolve, reject) => {
        // Not get, which goes on to a second row when it is asked again.
        statement.all(...(id === undefined ? [] : [Number(id)]), (error, rows) =>
          error ? reject(error) : resolve(rows[0].answer),
        );
      });
    },
    storeToken: (...values) =>
      new Promise((resolve, reject) => insert.run(...values, (error) => (error ? reject(error) : resolve()))),
  });
}
