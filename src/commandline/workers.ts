import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Logger } from 'pino';

/** The first pause before a dead worker is replaced, in milliseconds; each further death soon after doubles it. */
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;
/** A worker that lived this long did not die of its start, in milliseconds. */
const LONG_LIFE = 60_000;

/** What tells a worker to answer what has arrived and end. */
const STOP = 'stop';

/** Processes that share one port. The one that starts them takes the connections and hands them out in turn. */
export class Workers {
  private readonly pauses = new Set<NodeJS.Timeout>();
  private isStopping = false;
  private deaths = 0;
  private failures = 0;

  /** @param environment what differs from that of this process */
  constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly logger: Pick<Logger, 'error' | 'warn'>,
  ) {}

  /** Resolves once all of them answer. @throws when one ends before that; the others are stopped then */
  async start(count: number): Promise<void> {
    const starting = Array.from({ length: count }, () => this.started());
    const results = await Promise.allSettled(starting);
    const failed = results.find(({ status }) => status === 'rejected');
    if (!failed) return;
    await this.stop();
    throw new Error('A worker ended before it answered. What it said stands above.');
  }

  /** Lets every worker finish what has arrived. @returns whether all of them ended well */
  async stop(): Promise<boolean> {
    this.isStopping = true;
    for (const pause of this.pauses) clearTimeout(pause);
    const alive = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      alive.map(async (worker) => {
        const exit = once(worker, 'exit');
        if (worker.isConnected()) worker.send(STOP, () => undefined);
        if (!worker.isDead()) await exit;
      }),
    );
    return this.failures === 0;
  }

  private started(): Promise<void> {
    const worker = this.fork();
    return new Promise((resolve, reject) => {
      worker.once('listening', () => {
        worker.once('exit', () => this.replaceSoon());
        resolve();
      });
      worker.once('exit', reject);
    });
  }

  private fork(): Worker {
    const worker = cluster.fork(this.environment);
    const bornAt = performance.now();
    worker.once('exit', (code, signal) => {
      if (this.isStopping) this.failures += code === 0 ? 0 : 1;
      else this.logger.error({ pid: worker.process.pid, code, signal }, 'A worker ended');
      this.deaths = performance.now() - bornAt < LONG_LIFE ? this.deaths + 1 : 1;
    });
    return worker;
  }

  private replaceSoon(): void {
    if (this.isStopping) return;
    const milliseconds = Math.min(SHORTEST_PAUSE * 2 ** (this.deaths - 1), LONGEST_PAUSE);
    const pause = setTimeout(() => {
      this.pauses.delete(pause);
      this.replace();
    }, milliseconds);
    this.pauses.add(pause);
  }

  private replace(): void {
    const worker = this.fork();
    worker.once('listening', () => this.logger.warn({ pid: worker.process.pid }, 'A worker was replaced'));
    worker.once('exit', () => this.replaceSoon());
  }
}

/** Whether this process is one of the workers. */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/** Ends this worker when it is told to, with exit code 1 when `stop` had to cut connections. Ctrl-C reaches every process of a terminal: only the first one listens to it. */
export function stopWhenTold(stop: () => Promise<boolean>): void {
  let stopping: Promise<void> | undefined;
  const end = () => {
    stopping ??= stop().then(
      (isWhole) => process.exit(isWhole ? 0 : 1),
      (error: unknown) => {
        process.stderr.write(`The worker did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', end);
  process.on('message', (message) => {
    if (message === STOP) end();
  });
}
