import type { Config } from '../config';
import { isInProduction } from './check-host';
import { error, warning, type Check, type Finding } from './finding';
import type { StoreHealth } from './store-health.store';

/** How far clocks may differ, in seconds. */
const CLOCK_SECONDS = 60;

/** Looks into a store that can be read. What is in the store of a newer version is not looked at. */
export function storeChecks(config: Config, store: StoreHealth): readonly Check[] {
  return [
    { name: 'writing', run: () => checkWriting(store) },
    { name: 'audit log', run: () => checkAudit(store) },
    { name: 'clock', run: () => checkClock(store) },
    { name: 'durability', run: () => checkDurability(store) },
    ...(isInProduction(config) ? [{ name: 'production', run: () => checkProduction(store) }] : []),
  ];
}

/** @returns what makes it useless to look further */
export async function checkVersion(store: StoreHealth): Promise<readonly Finding[]> {
  const newer = await store.newerMigration();
  if (newer === undefined) return [];
  return [
    error(
      'STORE_IS_NEWER',
      `A newer version of Fieldgate has changed this store (${newer}).`,
      'This version would misread it, and refuses to start.',
      'Start the newer version again, or restore a backup from before the upgrade. See docs/upgrading.md.',
    ),
  ];
}

/** @param cause of a store that could not be opened */
export function unreachable(cause: unknown, { databaseUrl, dataDir }: Config): Finding {
  const code = codeOf(cause);
  const place = databaseUrl ? new URL(databaseUrl).host : dataDir;
  const [what, remedy] = OPENING_PROBLEMS[code] ?? [
    'The store cannot be opened',
    'Look whether the database is running.',
  ];
  const why = 'Nothing can be read or written, so nobody gets an answer.';
  return error('STORE_CANNOT_BE_OPENED', `${what}: ${place} (${code}).`, why, remedy);
}

const RUNNING = 'Start PostgreSQL, and check host and port in DATABASE_URL and the firewall between.';
const NAMES = 'Correct user and password in DATABASE_URL.';
const OPENING_PROBLEMS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ECONNREFUSED: ['PostgreSQL does not answer', RUNNING],
  ENOTFOUND: ['There is no machine of this name', RUNNING],
  ETIMEDOUT: ['PostgreSQL does not answer', RUNNING],
  '28P01': ['PostgreSQL does not take the password', NAMES],
  '28000': ['PostgreSQL does not let this user in', NAMES],
  '3D000': ['PostgreSQL has no such database', 'Create the database, or correct its name in DATABASE_URL.'],
  '53300': ['PostgreSQL has no connection left', 'Raise max_connections: a gateway uses up to 20.'],
  SQLITE_CANTOPEN: ['The SQLite file cannot be opened', 'Let the user of the gateway own DATA_DIR and what is in it.'],
  SQLITE_READONLY: ['The SQLite file cannot be written', 'Let the user of the gateway own DATA_DIR and what is in it.'],
  SQLITE_CORRUPT: ['The SQLite file is damaged', 'Restore a backup: `fieldgate restore`.'],
  SQLITE_NOTADB: ['This is no SQLite file', 'Restore a backup: `fieldgate restore`.'],
};

function codeOf(cause: unknown): string {
  const { code, cause: deeper } = (cause ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && code !== 'UNAVAILABLE') return code;
  return deeper === undefined ? 'unknown' : codeOf(deeper);
}

async function checkWriting(store: StoreHealth): Promise<readonly Finding[]> {
  try {
    await store.write();
    return [];
  } catch (cause) {
    return [
      error(
        'STORE_CANNOT_BE_WRITTEN',
        `The store can be read, but not written (${codeOf(cause)}).`,
        'No credential can be disabled, and no audit event be kept.',
        'Let the user of the gateway write the files of DATA_DIR, or grant it the tables in PostgreSQL.',
      ),
    ];
  }
}

async function checkAudit(store: StoreHealth): Promise<readonly Finding[]> {
  const report = await store.verifyAudit();
  if (report.outcome === 'WHOLE') return [];
  return [
    error(
      'AUDIT_LOG_IS_BROKEN',
      `The chain of the audit log is broken: event ${report.fault.sequence} is ${report.fault.fault.toLowerCase()}.`,
      'Somebody changed what was recorded, past the gateway. What the log says from there on proves nothing.',
      'Compare with an earlier `fieldgate audit export` or a backup, and find out who can write the database.',
    ),
  ];
}

async function checkClock(store: StoreHealth): Promise<readonly Finding[]> {
  const last = await store.lastEventAt();
  const ahead = last === undefined ? 0 : (Date.parse(last) - Date.now()) / 1_000;
  const why = 'Expiry of credentials, secrets, tokens and sessions is judged by the clock.';
  const remedy = 'Set the clock by NTP on every machine, then start the gateway.';
  if (ahead > CLOCK_SECONDS) {
    const what = `The last audit event lies ${Math.round(ahead)} seconds in the future: this clock is slow, or another one was fast.`;
    return [error('CLOCK_IS_OFF', what, why, remedy)];
  }
  const server = await store.clockAhead();
  if (Math.abs(server) <= CLOCK_SECONDS) return [];
  return [
    error('CLOCK_IS_OFF', `This clock and that of the database differ by ${Math.round(server)} seconds.`, why, remedy),
  ];
}

async function checkDurability(store: StoreHealth): Promise<readonly Finding[]> {
  const unsafe = await store.unsafeSettings();
  return unsafe.map((name) =>
    error(
      'ACKNOWLEDGED_CHANGES_CAN_BE_LOST',
      `PostgreSQL runs with ${name} off.`,
      'After a crash, a credential that was disabled can be enabled again, and its audit event gone.',
      `Switch ${name} on in PostgreSQL's configuration, and take it out of DATABASE_URL if it is set there.`,
    ),
  );
}

async function checkProduction(store: StoreHealth): Promise<readonly Finding[]> {
  const demo = await store.demoCredentials();
  const findings: Finding[] = [];
  if (demo.length > 0) {
    findings.push(
      warning(
        'DEMO_CREDENTIALS_ARE_ENABLED',
        `Credentials of the invented company are enabled: ${demo.map((name) => JSON.stringify(name)).join(', ')}.`,
        'Their secrets were printed in a terminal, and they read salaries as soon as real people are imported.',
        'Disable them: `fieldgate credential disable NAME`. Start real stores with --no-demo.',
      ),
    );
  }
  if (!(await store.isShowOnce())) {
    findings.push(
      warning(
        'SECRETS_CAN_BE_SHOWN_AGAIN',
        'Show-once mode is off: secrets can be shown again.',
        'Whoever has the database and the keys has every secret. With the mode on, nobody can read one back.',
        'Switch it on in the settings, unless people rely on copying secrets again.',
      ),
    );
  }
  return findings;
}
