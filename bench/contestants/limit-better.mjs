import Database from 'better-sqlite3';
import { limitRequests, limitRows, serveLimit, TOKEN_INSERT, TOKEN_TABLE } from './limit-server.mjs';
import { limitStatements } from './limit-statements.mjs';
import { startPeer } from './start.mjs';

export const contestant = {
  name: 'limit-better',
  title: 'the limit on better-sqlite3',
  database: 'SQLite',
  about: 'the same on better-sqlite3, which answers on the main thread',
  start: (place) => startPeer('limit-better', place),
  requests: limitRequests,
  rows: limitRows,
};

export function serve({ file }) {
  const database = new Database(file, { readonly: true });
  const statements = Object.fromEntries(
    Object.entries(limitStatements('sqlite')).map(([name, text]) => [name, database.prepare(text).pluck()]),
  );
  const writer = new Database(`${file}.limit-better`);
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.exec(TOKEN_TABLE);
  const insert = writer.prepare(`${TOKEN_INSERT} (?, ?)`);
  return serveLimit({
    ask: (workload, { id }) => (id === undefined ? statements[workload].get() : statements[workload].get(Number(id))),
    storeToken: (...values) => insert.run(...values),
  });
}
