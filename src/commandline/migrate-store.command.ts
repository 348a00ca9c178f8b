import path from 'node:path';
import type { Command } from 'commander';
import { COMMAND_LINE, GATEWAY } from '../audit/audit-event';
import { AuditLog } from '../audit/audit.store';
import { systemClock } from '../clock';
import { readConfig } from '../config';
import { UsageError } from '../errors';
import { copyStore, type CopyReport } from '../store/copying/copy-store';
import { sqliteFile, type StoreLocation } from '../store/data-source';
import { openStore } from '../store/store';
import { tell, type OutputOptions } from './output';
import { startProgress } from './progress';

interface MigrateStoreOptions extends OutputOptions {
  readonly from?: string;
  readonly to: string;
  readonly allowConnections?: boolean;
}

/** Adds `migrate-store`. */
export function addMigrateStoreCommand(program: Command): void {
  program
    .command('migrate-store')
    .description('Copy everything into an empty store, from SQLite to PostgreSQL or back, and compare both')
    .requiredOption('--to <place>', 'postgres://…, or a folder like DATA_DIR; it must hold nothing')
    .option('--from <place>', 'the store that is copied; the one of the settings if left out')
    .option('--allow-connections', 'copy a PostgreSQL store that is in use, as it is at this moment')
    .option('--json', 'print one JSON object')
    .action(async (options: MigrateStoreOptions) => {
      const from = options.from === undefined ? readConfig() : placeOf(options.from);
      const to = placeOf(options.to);
      if (isSame(from, to)) throw new UsageError('Both places are the same.');
      const report = await copied(from, to, options);
      await note(to);
      tell(options, report, textOf(report, to));
    });
}

async function copied(from: StoreLocation, to: StoreLocation, options: MigrateStoreOptions): Promise<CopyReport> {
  const progress = startProgress('Copying');
  try {
    return await copyStore(from, to, {
      othersMayWrite: options.allowConnections === true,
      onProgress: (share) => progress.update(share),
    });
  } finally {
    progress.stop();
  }
}

// In the new store only: the old one is left as it is.
async function note(to: StoreLocation): Promise<void> {
  const store = await openStore(to);
  try {
    const audit = new AuditLog(store, systemClock);
    await store.write((manager) =>
      audit.append(manager, { action: 'STORE_COPIED', actor: COMMAND_LINE, subject: GATEWAY }),
    );
  } finally {
    await store.close();
  }
}

function placeOf(text: string): StoreLocation {
  return /^postgres(ql)?:\/\//.test(text)
    ? { dataDir: '', databaseUrl: text }
    : { dataDir: path.resolve(text), databaseUrl: undefined };
}

function isSame(one: StoreLocation, other: StoreLocation): boolean {
  if (one.databaseUrl || other.databaseUrl) return one.databaseUrl === other.databaseUrl;
  return sqliteFile(one) === sqliteFile(other);
}

function textOf({ rows, tables }: CopyReport, to: StoreLocation): string {
  const filled = tables.filter((table) => table.rows > 0);
  const width = Math.max(...filled.map(({ table }) => table.length));
  return [
    ...filled.map(
      (table) => `${table.table.padEnd(width)}  ${String(table.rows).padStart(9)}  ${table.digest.slice(0, 16)}`,
    ),
    '',
    `${rows} rows are in the new store, the same in both by count and digest. The old store is as it was.`,
    to.databaseUrl
      ? 'Start the gateway with DATABASE_URL and the same keys.'
      : `Start the gateway without DATABASE_URL, with DATA_DIR=${to.dataDir} and the same keys.json in it.`,
  ].join('\n');
}
