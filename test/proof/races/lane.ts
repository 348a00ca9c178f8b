import { EventEmitter, once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { ask } from '../../support/process';

/** One request and what came of it. */
export interface Asked {
  /** Before anything was sent, by the clock that is never set. */
  readonly sentAt: number;
  /** The same moment by the clock that the gateways go by, which counts whole milliseconds. */
  readonly sentOn: number;
  readonly answeredAt: number;
  readonly status: number;
  /** Whether it got what the races take away. */
  readonly isServed: boolean;
}

/** Forms that take different ways through the gateway. `firstName` is what the races take away. */
const QUERIES = [
  '{ employees(first: 2) { nodes { id lastName firstName } } }',
  '{ employee(id: 1) { firstName } }',
  'query { people: employees(first: 1, filter: { lastName: { isNull: false } }) { totalCount nodes { firstName } } }',
];
const SERVED = /"firstName"\s*:\s*"./;

/** Milliseconds, at most, between an answer and the next request: all together still keep two cores busy. */
const PAUSE = 20;

/** One client that asks on and on, over a connection of its own, at one gateway. */
export class Lane {
  asked: Asked[] = [];
  private isStopped = false;
  private readonly news = new EventEmitter();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly url: string,
    readonly proof: 'secret' | 'token',
    private readonly authorization: () => string,
  ) {}

  /** Asks until it is stopped. @throws when a connection fails, which none may */
  async run(): Promise<void> {
    for (let count = 0; !this.isStopped; count += 1) {
      const [sentAt, sentOn] = [performance.now(), Date.now()];
      const { agent } = this;
      const query = QUERIES[count % QUERIES.length] ?? '';
      const { status, text } = await ask(this.url, this.authorization(), query, { agent });
      this.asked.push({ sentAt, sentOn, answeredAt: performance.now(), status, isServed: SERVED.test(text) });
      this.news.emit('answer');
      await setTimeout(Math.random() * PAUSE);
    }
    this.agent.destroy();
  }

  /** Waits until so many requests of a kind were answered. */
  async until(count: number, isMeant: (asked: Asked) => boolean): Promise<void> {
    while (this.asked.filter(isMeant).length < count) await once(this.news, 'answer');
  }

  stop(): void {
    this.isStopped = true;
  }
}
