import pg from 'pg';
import { limitRequests, limitRows, serveLimit, TOKEN_INSERT, TOKEN_TABLE } from './limit-server.mjs';
import { limitStatements } from './limit-statements.mjs';
import { startPeer } from './start.mjs';

export const contestant = {
  name: 'limit-postgres',
  title: 'the limit on PostgreSQL',
  database: 'PostgreSQL',
  about: 'the same on pg with ten connections and named statements',
  start: (place) => startPeer('limit-postgres', place),
  requests: limitRequests,
  rows: limitRows,
};

export async function serve({ databaseUrl }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const statements = limitStatements('postgres');
  await pool.query(TOKEN_TABLE);
  return serveLimit({
    ask: async (workload, { id }) => {
      const values = id === undefined ? [] : [Number(id)];
      // Text, as the database wrote it: nothing here has to look into it.
      const { rows } = await pool.query({ name: workload, text: asText(statements[workload]), values });
      return rows[0].answer;
    },
    storeToken: (...values) => pool.query({ name: 'token', text: `${TOKEN_INSERT} ($1, $2)`, values }),
  });
}

function asText(statement) {
  return `SELECT answer::text FROM (${statement}) a`;
}
