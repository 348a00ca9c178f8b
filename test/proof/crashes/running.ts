import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { StoreLocation } from '../../../src/store/data-source';
import { openHouse, type House } from '../../../src/app';
import { readConfig } from '../../../src/config';
import type { AdminBrowser } from '../../support/admin';
import { startCommand } from '../../support/command';
import type { TestLocation } from '../../support/database';
import type { AnswerBody } from '../../support/gateway';
import { Managing } from '../../support/managing';
import { ask, browserOf, startProcess, type GatewayProcess } from '../../support/process';

/** A gateway, commands beside it, and a look into its store. Killing it kills the commands as well. */
export class Running {
  private readonly commands = new Set<ChildProcess>();

  private constructor(
    readonly location: TestLocation,
    private readonly gateway: GatewayProcess,
    readonly managing: Managing,
    /** How long the start took until it answered, in milliseconds. */
    readonly startTook: number,
  ) {}

  static async start(location: TestLocation, admin: AdminBrowser): Promise<Running> {
    const startedAt = performance.now();
    const gateway = await startProcess(location, ['--no-demo'], { REQUESTS_PER_MINUTE: '0' });
    const browser = browserOf(gateway.url);
    const managing = new Managing({
      ...browser,
      send: (query, variables) => browser.send(query, variables, { cookie: admin.cookie() }),
    });
    return new Running(location, gateway, managing, performance.now() - startedAt);
  }

  /** @throws unless all of it was answered */
  async ask(authorization: string, query: string): Promise<NonNullable<AnswerBody['data']>> {
    const { body, text } = await ask(this.gateway.url, authorization, query);
    if (body.errors ?? !body.data) throw new Error(text);
    return body.data;
  }

  async status(authorization: string): Promise<number> {
    return (await ask(this.gateway.url, authorization, '{ employees(first: 1) { nodes { id } } }')).status;
  }

  /** Runs a command to its end. @throws when it fails or is killed */
  async command(args: readonly string[]): Promise<void> {
    const child = startCommand(this.location, args);
    this.commands.add(child);
    child.stdout.resume();
    child.stderr.resume();
    const [code] = (await once(child, 'close')) as [number | null];
    this.commands.delete(child);
    if (code !== 0) throw new Error(`It ended with ${code}.`);
  }

  async kill(): Promise<void> {
    const ends = [...this.commands].map((child) => {
      child.kill('SIGKILL');
      return once(child, 'close');
    });
    await Promise.all([this.gateway.kill(), ...ends]);
  }

  stop(): Promise<number | null> {
    return this.gateway.stop();
  }
}

/** Opens the store beside the gateway for as long as `look` takes. An open one would hide what a crash leaves behind. */
export async function lookInto<T>(location: StoreLocation, look: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse({
    ...readConfig({}),
    ...location,
    logLevel: 'silent',
    // After hundreds of crashes there are tens of thousands of people to look at, in one statement.
    statementTimeoutMilliseconds: 60_000,
  });
  try {
    return await look(house);
  } finally {
    await house.close();
  }
}
