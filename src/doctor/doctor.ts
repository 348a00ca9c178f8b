import { existsSync } from 'node:fs';
import type { Config } from '../config';
import { sqliteFile } from '../store/data-source';
import { openStoreAsIs, type Store } from '../store/store';
import { checkAddress, checkDataDir, checkDisk, checkPort } from './check-host';
import { checkKeysFit, findKeys } from './check-keys';
import { checkVersion, storeChecks, unreachable } from './check-store';
import type { Check, Finding } from './finding';
import { StoreHealth } from './store-health.store';

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** What was looked at. */
  readonly checked: readonly string[];
}

export interface DoctorOptions {
  /** What must be left on the disk, in MiB. */
  readonly leastFree: number;
}

/** Looks at everything that the gateway needs, changes nothing, and goes on when something is wrong. */
export async function diagnose(config: Config, { leastFree }: DoctorOptions): Promise<Diagnosis> {
  const { metrics } = config;
  const host: readonly Check[] = [
    { name: 'address', run: () => Promise.resolve(checkAddress(config)) },
    { name: 'port', run: () => checkPort(config) },
    ...(metrics ? [{ name: 'port of metrics', run: () => checkMetricsPort(metrics) }] : []),
    { name: 'data folder', run: () => Promise.resolve(checkDataDir(config)) },
    { name: 'disk', run: () => Promise.resolve(checkDisk(config, leastFree)) },
    { name: 'keys', run: () => Promise.resolve(findKeys(config).findings) },
  ];
  const first = await runAll(host);
  const second = await diagnoseStore(config);
  return { findings: [...first.findings, ...second.findings], checked: [...first.checked, ...second.checked] };
}

// A gateway that runs has its figures there: only one of them could tell.
async function checkMetricsPort(metrics: {
  readonly host: string;
  readonly port: number;
}): Promise<readonly Finding[]> {
  const findings = await checkPort(metrics, 'METRICS_PORT');
  return findings.filter(({ code }) => code !== 'PORT_IS_TAKEN');
}

async function diagnoseStore(config: Config): Promise<Diagnosis> {
  // A store that is not there yet is made by the first start.
  if (!config.databaseUrl && !existsSync(sqliteFile(config))) return { findings: [], checked: [] };
  let store: Store;
  try {
    store = await openStoreAsIs(config);
  } catch (cause) {
    return { findings: [unreachable(cause, config)], checked: ['store'] };
  }
  try {
    return await lookInto(config, new StoreHealth(store));
  } catch (cause) {
    return { findings: [unreachable(cause, config)], checked: ['store'] };
  } finally {
    await store.close();
  }
}

async function lookInto(config: Config, health: StoreHealth): Promise<Diagnosis> {
  if (!(await health.isMade())) return { findings: [], checked: ['store'] };
  const newer = await checkVersion(health);
  if (newer.length > 0) return { findings: newer, checked: ['store'] };
  const checks: readonly Check[] = [
    { name: 'keys of the store', run: () => checkKeysFit(config, findKeys(config), health) },
    ...storeChecks(config, health),
  ];
  const { findings, checked } = await runAll(checks);
  return { findings, checked: ['store', ...checked] };
}

async function runAll(checks: readonly Check[]): Promise<Diagnosis> {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(...(await check.run()));
  return { findings, checked: checks.map(({ name }) => name) };
}
