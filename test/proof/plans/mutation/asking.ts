import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { openHouse, startGateway, type House } from '../../../../src/app';
import { readConfig } from '../../../../src/config';
import { grantedStatements, watchStatements } from '../../../support/granted-statements';
import { present } from '../../../support/present';
import { recordStatements, type RecordedStatement, type StatementLog } from '../../../support/statements';
import { ask, parsed } from '../differential';
import { isPlanned, type Expected, type Recording } from './recording';

/** What came of one question. */
export interface Outcome {
  readonly id: string;
  readonly milliseconds: number;
  /** Why it is not as it must be; nothing when it is. */
  readonly fault: string | undefined;
}

export interface AskingOptions {
  /** Which questions are asked; left out: all. */
  readonly ids?: ReadonlySet<string>;
  /** To be told before anything happens that belongs to a question. */
  readonly onQuestion?: (id: string) => void;
  /** Whether the first fault is enough. */
  readonly bail?: boolean;
}

/** Every question needs a gateway, so what a start does concerns them all. */
export const START = 'a gateway starts';

/** Asks gateways that make plans what was recorded, as often as one likes, each time gateways that remember nothing. */
export class Asking {
  private readonly log: StatementLog = recordStatements();

  private constructor(private readonly places: readonly Place[]) {}

  static async open(file: string): Promise<Asking> {
    watchStatements();
    const recordings = JSON.parse(readFileSync(file, 'utf8')) as readonly Recording[];
    return new Asking(await Promise.all(recordings.map(opened)));
  }

  async run({ ids, onQuestion, bail = false }: AskingOptions): Promise<readonly Outcome[]> {
    const isAsked = (id: string) => !ids || ids.has(START) || ids.has(id);
    const outcomes: Outcome[] = [];
    for (const { recording, house } of this.places) {
      const questions = recording.asked.map((one, at) => ({ ...one, id: `${recording.database} ${at}` }));
      const asked = questions.filter(({ id }) => isAsked(id));
      if (asked.length === 0) continue;
      onQuestion?.(START);
      const start = performance.now();
      // The house goes on when its gateway ends.
      const gateway = await startGateway({ ...house, close: () => Promise.resolve() });
      outcomes.push({ id: START, milliseconds: performance.now() - start, fault: undefined });
      try {
        for (const { who, turns, id } of asked) {
          onQuestion?.(id);
          const began = performance.now();
          const fault = await this.faultOf(gateway.url, present(recording.authorizations[who]), turns);
          outcomes.push({ id, milliseconds: performance.now() - began, fault });
          if (fault !== undefined && bail) return outcomes;
        }
      } finally {
        await gateway.close();
      }
    }
    return outcomes;
  }

  private async faultOf(url: string, authorization: string, turns: readonly Expected[]): Promise<string | undefined> {
    grantedStatements.forbidden.length = 0;
    for (const expected of [...turns, ...turns]) {
      this.log.take();
      const reply = await ask(url, authorization, expected.question);
      const sent = this.log.take();
      if (reply.status !== expected.status || parsed(reply) !== expected.answer)
        return `${expected.question.query}\n${expected.answer}\n${reply.text}`;
      if (!sent.some(confirms)) return 'No statement confirmed who asks.';
      const planned = sent.filter(isPlanned).length;
      if (expected.planned !== undefined && planned !== expected.planned)
        return `${planned} planned statements, not ${expected.planned}: ${JSON.stringify(expected)}`;
    }
    return grantedStatements.forbidden[0];
  }
}

function confirms({ text }: RecordedStatement): boolean {
  return /\bcredential_secret s\b/.test(text);
}

interface Place {
  readonly recording: Recording;
  readonly house: House;
}

async function opened(recording: Recording): Promise<Place> {
  const { dataDir, databaseUrl } = recording;
  const settings = { port: 0, logLevel: 'silent', usageIntervalSeconds: 3600, requestsPerMinute: 0 } as const;
  return { recording, house: await openHouse({ ...readConfig({}), ...settings, dataDir, databaseUrl }) };
}
