import { createHash } from 'node:crypto';
import sql, { raw } from 'sql-template-tag';
import type { TestGateway } from './gateway';

/**
 * What is in every table of the store, as one short text for each: two digests are equal when nothing was written in
 * between. Tables that nobody has thought of are among them.
 */
export async function digestOf({ house: { store } }: TestGateway): Promise<Readonly<Record<string, string>>> {
  const tables = await store.read(
    store.dialect === 'sqlite'
      ? sql`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
      : sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`,
  );
  const digests: Record<string, string> = {};
  for (const table of tables.map(({ name }) => name as string)) {
    const rows = await store.read(sql`SELECT * FROM ${raw(`"${table}"`)}`);
    const texts = rows.map((row) => JSON.stringify(row)).sort();
    digests[table] = `${rows.length} rows ${createHash('sha256').update(texts.join('\n')).digest('hex')}`;
  }
  return digests;
}
