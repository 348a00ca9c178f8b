import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { gatewayEnvironment, PROJECT } from './gateway.mjs';
import { sqliteFile } from './store.mjs';

/** What belongs to a credential, in the order in which it can be inserted. */
const OWN = ['credential_module', 'credential_attribute', 'credential_secret', 'access_token'];

/**
 * Makes copies of the only credential of a store that also has one token, by rows: ten thousand through the front door would
 * take longer than what is measured.
 *
 * @returns a token of every copy
 */
export async function cloneCredentials(place, count) {
  const { newToken, macOf } = tokensOf(place);
  const store = place.databaseUrl ? await openPostgres(place.databaseUrl) : openSqlite(sqliteFile(place));
  try {
    const [credential] = await store.rows(`SELECT c.* FROM credential c JOIN access_token t ON t.credential_id = c.id`);
    const own = {};
    for (const table of OWN)
      own[table] = await store.rows(`SELECT * FROM ${table} WHERE credential_id = '${credential.id}'`);
    const copies = Array.from({ length: count }, (_, index) => copyOf(credential, own, index, newToken()));
    await store.insert(
      'credential',
      copies.map((copy) => copy.credential),
    );
    for (const table of OWN) {
      await store.insert(
        table,
        copies.flatMap((copy) =>
          copy[table].map((row) => (row.mac && table === 'access_token' ? { ...row, mac: macOf(copy.token) } : row)),
        ),
      );
    }
    return copies.map(({ token }) => token);
  } finally {
    await store.close();
  }
}

// The gateway's own code, because a token is known by its MAC under the gateway's key.
function tokensOf(place) {
  const load = createRequire(path.join(PROJECT, 'package.json'));
  const part = (name) => load(path.join(PROJECT, 'dist', 'src', name));
  const config = part('config.js').readConfig(gatewayEnvironment(place));
  const pepper = part('credentials/key-ring.js').currentPepper(part('store/key-file.js').loadKeyRing(config, true));
  const { newAccessToken, verifier } = part('credentials/secret.js');
  return { newToken: newAccessToken, macOf: (token) => verifier(pepper.bytes, token) };
}

function copyOf(credential, own, index, token) {
  const id = randomUUID();
  const secretId = randomUUID();
  const of = (rows, change) => rows.map((row) => ({ ...row, credential_id: id, ...change(row) }));
  const name = `Copy ${index}`;
  return {
    token,
    credential: {
      ...credential,
      id,
      client_id: `${credential.client_id}-${index}`,
      name,
      name_key: name.toLowerCase(),
    },
    credential_module: of(own.credential_module, () => ({})),
    credential_attribute: of(own.credential_attribute, () => ({})),
    credential_secret: of(own.credential_secret, () => ({ id: secretId })),
    access_token: of(own.access_token.slice(0, 1), () => ({ id: randomUUID(), secret_id: secretId })),
  };
}

function openSqlite(file) {
  const database = new Database(file);
  return {
    rows: (text) => database.prepare(text).all(),
    insert: (table, rows) => {
      const names = Object.keys(rows[0]);
      const insert = database.prepare(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      );
      database.transaction(() => rows.forEach((row) => insert.run(...names.map((name) => row[name]))))();
    },
    close: () => database.close(),
  };
}

async function openPostgres(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    rows: async (text) => (await client.query(text)).rows,
    insert: (table, rows) =>
      client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [
        JSON.stringify(rows),
      ]),
    close: () => client.end(),
  };
}
