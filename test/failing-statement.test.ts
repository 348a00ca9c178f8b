import { rmSync } from 'node:fs';
import { inspect } from 'node:util';
import type { Database } from 'sqlite3';
import type { DataSource } from 'typeorm';
import { writerDataSource } from '../src/store/data-source';
import { freshFolder } from './support/database';

describe('a SQLite statement that fails', () => {
  let dataDir: string;
  let source: DataSource;

  beforeEach(async () => {
    dataDir = freshFolder();
    source = await writerDataSource({ dataDir, databaseUrl: undefined }).initialize();
  });

  afterEach(async () => {
    await source.destroy();
    rmSync(dataDir, { recursive: true });
  });

  test('carries none of its values into a log', async () => {
    const { databaseConnection } = source.driver as unknown as { readonly databaseConnection: Database };
    const failure = await new Promise<Error | null>((resolve) => {
      databaseConnection.all('SELECT abs(-9223372036854775807 - 1), ?', ['a salary'], resolve);
    });
    expect(failure?.message).toContain('integer overflow');
    expect(inspect(failure)).not.toContain('a salary');
  });
});
