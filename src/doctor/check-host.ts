import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { isLoopback, type Config } from '../config';
import { error, type Finding } from './finding';

/** Whether other machines are meant to reach the gateway. */
export function isInProduction({ host, publicUrl }: Config): boolean {
  return !isLoopback(host) || (publicUrl !== undefined && !isLoopback(hostOf(publicUrl)));
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

export function checkAddress(config: Config): readonly Finding[] {
  if (!isInProduction(config) || config.publicUrl?.startsWith('https:')) return [];
  return [
    error(
      'PUBLIC_URL_IS_NOT_HTTPS',
      'Other machines can reach the gateway, and its public address is not https.',
      'Secrets and tokens travel readable by everybody on the way, and admins cannot sign in: session cookies need https.',
      'Put a proxy with TLS in front, and set PUBLIC_URL to its https:// address.',
    ),
  ];
}

/** What a health check of ours answers. A gateway that runs already is no other program on its port. */
const LIVE = '{"status":"live"}';

export async function checkPort(
  { host, port }: Pick<Config, 'host' | 'port'>,
  name = 'PORT',
): Promise<readonly Finding[]> {
  if (port === 0) return [];
  const code = await listenOnce(host, port);
  if (code === undefined) return [];
  if (code === 'EADDRINUSE') {
    if (await isGateway(host, port)) return [];
    return [
      error(
        'PORT_IS_TAKEN',
        `Another program listens on ${host}:${port}.`,
        'The gateway cannot start there.',
        `End that program, or choose another ${name}.`,
      ),
    ];
  }
  const why = 'The gateway cannot start there.';
  return [
    error('ADDRESS_IS_UNUSABLE', `${host}:${port} cannot be listened on (${code}).`, why, `Correct HOST and ${name}.`),
  ];
}

async function listenOnce(host: string, port: number): Promise<string | undefined> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return undefined;
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code ?? 'UNKNOWN';
  } finally {
    probe.close();
  }
}

async function isGateway(host: string, port: number): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  try {
    const address = `http://${name.includes(':') ? `[${name}]` : name}:${port}/health/live`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(2_000) });
    return (await answer.text()) === LIVE;
  } catch {
    return false;
  }
}

/** @param leastFree in MiB */
export function checkDisk({ dataDir }: Pick<Config, 'dataDir'>, leastFree: number): readonly Finding[] {
  const folder = nearestFolder(dataDir);
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  if (free >= leastFree) return [];
  return [
    error(
      'DISK_IS_NEARLY_FULL',
      `The disk of ${folder} has ${free} MiB left.`,
      'When it is full, nothing can be written: no change of a credential, no audit event, no sign-in.',
      `Make room: at least ${leastFree} MiB should be free. VACUUM and backups need as much as the store is large.`,
    ),
  ];
}

export function checkDataDir({ dataDir, databaseUrl, keys }: Config): readonly Finding[] {
  if (databaseUrl && keys) return [];
  const folder = nearestFolder(dataDir);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    rmSync(mkdtempSync(path.join(folder, '.fieldgate-doctor-')), { recursive: true });
    return [];
  } catch {
    return [
      error(
        'DATA_DIR_IS_NOT_WRITABLE',
        `${folder} cannot be written by this user.`,
        'The store and the keys live in DATA_DIR.',
        'Let the user of the gateway own the folder, or set DATA_DIR to one that it may write.',
      ),
    ];
  }
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || path.dirname(folder) === folder ? folder : nearestFolder(path.dirname(folder));
}
