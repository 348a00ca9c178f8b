import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { COMMAND_LINE, GATEWAY } from '../audit/audit-event';
import { AuditLog, readHead } from '../audit/audit.store';
import { systemClock } from '../clock';
import { UsageError } from '../errors';
import { sqliteFile, type StoreLocation } from '../store/data-source';
import { assertThere } from '../store/existing-store';
import { dumpDatabase } from '../store/postgres-backup';
import { makeAside, putInPlace, vacuumInto, type Aside } from '../store/sqlite-backup';
import { openStore, openStoreAsIs, type Dialect } from '../store/store';
import type { AuditHead } from './later-events';

export interface BackupOptions {
  /** The folder of PostgreSQL's programs. */
  readonly programs?: string | undefined;
  /** Told the share of the work that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly dialect: Dialect;
  /** The end of the audit log in the backup. */
  readonly head: AuditHead;
}

/**
 * Writes the whole store as it is at one moment into a file, while gateways go on working. The keys are not in it.
 *
 * @throws UsageError when the file is there already, the store is not, or a program that is needed is not
 */
export async function backUp(location: StoreLocation, file: string, options: BackupOptions): Promise<BackupReport> {
  if (existsSync(file)) throw new UsageError(`${file} is there already. Nothing was overwritten.`);
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  await assertThere(location);
  await note(location);
  const aside = makeAside(folder);
  try {
    const made = sqliteFile(aside);
    const { databaseUrl } = location;
    const head = databaseUrl
      ? await dumpDatabase(location, made, { databaseUrl, folder: options.programs }, options.onProgress, readHead)
      : await copied(location, aside, options);
    putInPlace(made, path.resolve(file));
    return { file, bytes: statSync(file).size, dialect: databaseUrl ? 'postgres' : 'sqlite', head };
  } finally {
    aside.remove();
  }
}

// Everything that is in the store leaves it: that is told before it happens.
async function note(location: StoreLocation): Promise<void> {
  const store = await openStore(location);
  try {
    const audit = new AuditLog(store, systemClock);
    await store.write((manager) =>
      audit.append(manager, { action: 'STORE_BACKED_UP', actor: COMMAND_LINE, subject: GATEWAY }),
    );
  } finally {
    await store.close();
  }
}

async function copied(location: StoreLocation, aside: Aside, { onProgress }: BackupOptions): Promise<AuditHead> {
  await vacuumInto(location, aside, onProgress);
  const store = await openStoreAsIs(aside);
  try {
    const report = await new AuditLog(store, systemClock).verify();
    if (report.outcome === 'WHOLE') return report.head;
    throw new UsageError(`The audit log is broken at event ${report.fault.sequence}. See \`fieldgate audit verify\`.`);
  } finally {
    await store.close();
  }
}
