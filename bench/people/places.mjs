import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createCredentials } from './gateway.mjs';
import { runOn, startPostgres } from './postgres.mjs';
import { copyStore, makeStore } from './store.mjs';

/**
 * Where each contestant finds the same people: the gateway in stores of its own, the others in copies of them. What they read
 * has the same tables, columns and indexes.
 *
 * @returns `of(contestant)` gives a place, `close` ends PostgreSQL
 */
export async function makePlaces(folder, contestants, people) {
  const places = {};
  const usesPostgres = contestants.some(({ database }) => database === 'PostgreSQL');
  places.ours = await ourPlace(folder, 'ours', {}, people);
  places.SQLite = { folder, file: copyStore(places.ours) };
  const postgres = usesPostgres ? await startPostgres(folder) : undefined;
  if (postgres) {
    await runOn(postgres.url('postgres'), ['CREATE DATABASE ours']);
    const location = { databaseUrl: postgres.url('ours'), databasePid: postgres.pid };
    places['ours-postgres'] = await ourPlace(folder, 'ours-postgres', location, people);
    for (const { name } of contestants.filter((one) => one.database === 'PostgreSQL' && !places[one.name])) {
      const copy = name.replaceAll('-', '_');
      await runOn(postgres.url('postgres'), [`CREATE DATABASE ${copy} TEMPLATE ours`]);
      places[name] = { folder, databaseUrl: postgres.url(copy), databasePid: postgres.pid };
    }
  }
  return {
    people: places.SQLite.file,
    of: ({ name }) => places[name] ?? places[name.startsWith('ours') ? 'ours' : 'SQLite'],
    close: async () => postgres?.stop(),
  };
}

async function ourPlace(folder, name, location, people) {
  const place = { folder: path.join(folder, name), ...location };
  mkdirSync(place.folder);
  await makeStore(place, { people });
  return { ...place, credentials: await createCredentials(place) };
}
