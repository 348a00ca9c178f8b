import { once } from 'node:events';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { StoreLocation } from '../../src/store/data-source';
import { startCommand } from '../support/command';

/** A gateway in a process of its own, as it runs in production. */
export class GatewayProcess {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    readonly url: string,
  ) {}

  static async start(
    location: StoreLocation,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<GatewayProcess> {
    const settings = { PORT: '0', LOG_LEVEL: 'silent', REQUESTS_PER_MINUTE: '0', ...environment };
    const child = startCommand(location, ['start', '--json'], settings);
    return new GatewayProcess(child, await urlOf(child));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Ends it as a power cut would: no handler of its own runs. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const isOver = once(this.child, 'exit');
    this.child.kill(signal);
    await isOver;
  }
}

/** @throws Error with what the process said when it ends instead of answering */
function urlOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let [output, problems] = ['', ''];
    child.stdout.on('data', (text) => {
      output += String(text);
      const url = /"url":\s*"([^"]+)"/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.stderr.on('data', (text) => (problems += String(text)));
    child.once('exit', (code) => reject(new Error(`The gateway ended with ${code}: ${output}${problems}`)));
  });
}
