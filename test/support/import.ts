import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sql from 'sql-template-tag';
import { openHouse, type House } from '../../src/app';
import { readConfig } from '../../src/config';
import { importEmployees } from '../../src/employees/import/import-employees';
import type { ImportOptions, ImportOutcome } from '../../src/importing/import-run';
import { parseImportMap } from '../../src/importing/import-map';
import type { Row } from '../../src/store/store';
import { ImportError } from '../../src/tabular/problem';
import { openTable } from '../../src/tabular/table';
import type { TestDatabase } from './database';

/** A house on an empty store, whose time stands still until it is moved. */
export interface ImportSite {
  readonly house: House;
  readonly time: { now: string };
  /** @returns the path of a file with this content */
  file(content: string | Buffer, name?: string): string;
  /** Imports a file, or text as CSV. */
  take(
    source: { text: string | Buffer; name?: string } | string,
    map?: unknown,
    options?: ImportOptions,
  ): Promise<ImportOutcome>;
  /** What the import of it is refused with. */
  refusal(
    source: { text: string | Buffer; name?: string } | string,
    map?: unknown,
    options?: ImportOptions,
  ): Promise<ImportError>;
  people(): Promise<Row[]>;
  close(): Promise<void>;
}

export async function importSite(database: TestDatabase): Promise<ImportSite> {
  const location = await database.readyLocation();
  const time = { now: '2026-01-01T00:00:00.000Z' };
  const config = { ...readConfig({}), dataDir: location.dataDir, databaseUrl: location.databaseUrl };
  const house = await openHouse(config, { now: () => time.now });
  const folder = path.join(location.dataDir, 'files');
  mkdirSync(folder, { recursive: true });

  const file: ImportSite['file'] = (content, name = 'people.csv') => {
    const target = path.join(folder, name);
    writeFileSync(target, content);
    return target;
  };
  const take: ImportSite['take'] = async (source, map, options) => {
    const { text, name } = typeof source === 'string' ? { text: source } : source;
    const parsed = map === undefined ? undefined : parseImportMap(map, 'map.json');
    const table = await openTable(
      file(text, name),
      parsed?.delimiter === undefined ? {} : { delimiter: parsed.delimiter },
    );
    try {
      return await importEmployees(house, table, parsed, options);
    } finally {
      await table.close();
    }
  };
  return {
    house,
    time,
    file,
    take,
    refusal: async (source, map, options) => {
      const error = await take(source, map, options).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof ImportError)) throw new Error('It was not refused as it should be.', { cause: error });
      return error;
    },
    people: () => house.store.read(sql`SELECT * FROM employee ORDER BY id`),
    close: async () => {
      await house.close();
      await location.remove();
    },
  };
}
