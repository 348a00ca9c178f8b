import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Config } from '../config';
import { UsageError } from '../errors';

/**
 * Finds out whether the ports can be listened on, before anything is done that a failed start would leave half told.
 *
 * @returns the gateway's, also when the operating system chooses it
 * @throws UsageError when one of them cannot be listened on, or they are the same
 */
export async function claimablePort({
  host,
  port,
  metrics,
}: Pick<Config, 'host' | 'port' | 'metrics'>): Promise<number> {
  const probe = await listening({ host, port }, '');
  try {
    if (metrics) await closed(await listening(metrics, 'METRICS_'));
    return (probe.address() as AddressInfo).port;
  } finally {
    await closed(probe);
  }
}

/** @param prefix of the variables that say where */
async function listening(
  { host, port }: { readonly host: string; readonly port: number },
  prefix: '' | 'METRICS_',
): Promise<Server> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
    return probe;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const told =
      code === 'EADDRINUSE'
        ? `is taken. End what listens there, or choose another ${prefix}PORT.`
        : `cannot be listened on (${code}). Correct ${prefix}HOST and ${prefix}PORT.`;
    throw new UsageError(`${host}:${port} ${told}`, {}, { cause });
  }
}

async function closed(probe: Server): Promise<void> {
  probe.close();
  await once(probe, 'close');
}
