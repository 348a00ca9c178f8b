import { existsSync, mkdirSync, openSync, readSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { AuditLog } from '../audit/audit.store';
import { systemClock } from '../clock';
import { UsageError } from '../errors';
import { sqliteFile, type StoreLocation } from '../store/data-source';
import { restoreDatabase } from '../store/postgres-backup';
import { copyStoreFile, makeAside, putInPlace } from '../store/sqlite-backup';
import { openStore, openStoreAsIs, type Store } from '../store/store';
import { readLaterEvents, type AuditHead, type LaterChange, type LaterEvents } from './later-events';
import { RestoredAccess, type AccessReport, type DisabledCredentials } from './restored-access.store';
import { TakenAway } from './taken-away';

export interface RestoreOptions {
  /** An export of the audit log that is newer than the backup. */
  readonly audit?: string | undefined;
  /** The hash of the last event of the lost store. */
  readonly head?: string | undefined;
  /** Leaves credentials enabled, whatever happened to them since. */
  readonly keepEnabled: boolean;
  /** The folder of PostgreSQL's programs. */
  readonly programs?: string | undefined;
}

/** What is known of the time between the backup and the loss. */
export type Knowledge = 'NOTHING_HAPPENED' | 'FROM_EXPORT' | 'NOTHING_KNOWN';

export interface RestoreReport extends AccessReport {
  readonly head: AuditHead;
  readonly knowledge: Knowledge;
  readonly later: LaterEvents | undefined;
}

/**
 * Fills an empty place from a backup. No credential comes back that was switched off meanwhile: those that changed after the
 * backup are disabled, and all of them when nobody can say which did.
 *
 * @throws UsageError when something is there already, or the backup's audit log is broken
 */
export async function restore(location: StoreLocation, file: string, options: RestoreOptions): Promise<RestoreReport> {
  const kind = kindOf(file);
  const wanted = location.databaseUrl ? 'postgres' : 'sqlite';
  if (kind !== wanted) throw new UsageError(OTHER_KIND[kind]);
  return kind === 'postgres' ? restorePostgres(location, file, options) : restoreSqlite(location, file, options);
}

const OTHER_KIND = {
  sqlite: 'This is a backup of a SQLite store. Restore it without DATABASE_URL, then use `fieldgate migrate-store`.',
  postgres: 'This is a backup of a PostgreSQL store: set DATABASE_URL to an empty database.',
} as const;

/** What a file begins with. */
const BEGINNINGS = { sqlite: 'SQLite format 3\0', postgres: 'PGDMP' } as const;

function kindOf(file: string): keyof typeof BEGINNINGS {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const buffer = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  readSync(handle, buffer);
  closeSync(handle);
  for (const kind of ['sqlite', 'postgres'] as const) {
    if (buffer.toString('latin1').startsWith(BEGINNINGS[kind])) return kind;
  }
  throw new UsageError(`${file} is not a backup of Fieldgate.`);
}

/** Of a SQLite store. From a log that is left of another one, SQLite would write over the file that is put beside it. */
const PARTS = ['', '-wal', '-shm', '-journal'];

async function restoreSqlite(location: StoreLocation, file: string, options: RestoreOptions): Promise<RestoreReport> {
  const left = PARTS.map((part) => `${sqliteFile(location)}${part}`).find((place) => existsSync(place));
  if (left !== undefined) throw new UsageError(`${left} is there already. Nothing was overwritten.`);
  mkdirSync(location.dataDir, { recursive: true, mode: 0o700 });
  const aside = makeAside(location.dataDir);
  try {
    await copyStoreFile(file, aside);
    const report = await settled(await openStore(aside), options);
    putInPlace(sqliteFile(aside), sqliteFile(location));
    return report;
  } finally {
    aside.remove();
  }
}

async function restorePostgres(location: StoreLocation, file: string, options: RestoreOptions): Promise<RestoreReport> {
  const programs = { databaseUrl: location.databaseUrl ?? '', folder: options.programs };
  const aside = makeAside(tmpdir());
  try {
    const settle = async () => settled(await openStoreAsIs(location), options);
    const report = await restoreDatabase(location, file, programs, aside.dataDir, settle);
    await (await openStore(location)).close();
    return report;
  } finally {
    aside.remove();
  }
}

async function settled(store: Store, options: RestoreOptions): Promise<RestoreReport> {
  try {
    const audit = new AuditLog(store, systemClock);
    const chain = await audit.verify();
    if (chain.outcome === 'BROKEN') {
      throw new UsageError(`The backup's audit log is broken at event ${chain.fault.sequence}. Nothing was restored.`);
    }
    const { head } = chain;
    const known = options.audit === undefined ? undefined : await readLaterEvents(options.audit, head);
    const { later, taken } = known ?? { later: undefined, taken: new TakenAway() };
    const knowledge = knowledgeOf(head, later, options);
    const changes = later?.changes ?? [];
    const disabled = options.keepEnabled ? [] : disabledBy(knowledge, changes);
    const access = await new RestoredAccess(store, audit, systemClock).settle(disabled, changes, taken);
    // What was deleted may still stand in the free parts of the file until it is written anew.
    if (access.seals || access.people.length > 0) await store.scrub();
    return { ...access, head: { sequence: head.sequence, hash: head.hash }, knowledge, later };
  } finally {
    await store.close();
  }
}

function knowledgeOf(head: AuditHead, later: LaterEvents | undefined, { head: expected }: RestoreOptions): Knowledge {
  if (expected === head.hash) return 'NOTHING_HAPPENED';
  return later ? 'FROM_EXPORT' : 'NOTHING_KNOWN';
}

function disabledBy(knowledge: Knowledge, changes: readonly LaterChange[]): DisabledCredentials {
  if (knowledge === 'NOTHING_KNOWN') return 'ALL';
  return changes.filter(({ kind }) => kind === 'CREDENTIAL').map(({ id }) => id);
}
