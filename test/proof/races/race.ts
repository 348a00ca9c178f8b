import { setTimeout } from 'node:timers/promises';
import type { Managing } from '../../support/managing';
import type { Asked, Lane } from './lane';
import type { Subject } from './subject';
import type { Way } from './ways';

/** What one race showed. Milliseconds. */
export interface Race {
  readonly way: string;
  /** How long the mutation took. */
  readonly mutation: number;
  /** From the end to when the last request that was served was sent: negative, or something was served that may not be. */
  readonly lastSent: number;
  /** From the end to when the last answer arrived that had it: of a request that was under way. */
  readonly lastArrived: number;
  /** Requests that were sent after the end. */
  readonly late: number;
  readonly faults: readonly string[];
}

/** Requests of each client that are waited for, after the end and after the beginning. */
const ENOUGH = 2;
/** Milliseconds, at most, before something is taken away: so that it meets requests at every stage. */
const PAUSE = 8;

/** Takes something away while clients are reading, and gives it back. */
export async function race(way: Way, subject: Subject, managing: () => Managing): Promise<Race> {
  const lanes = subject.lanes.filter((lane) => way.hits?.(lane) ?? true);
  await way.prepare?.(subject, managing());
  forget(subject);
  await setTimeout(Math.random() * PAUSE);
  const startedAt = performance.now();
  const endsOn = await way.takeAway(subject, managing());
  const endedAt = performance.now();
  const mutation = endedAt - startedAt;
  const since = ({ sentAt, sentOn }: Asked) => (endsOn === undefined ? sentAt - endedAt : sentOn - endsOn);
  const isLate = (asked: Asked) => since(asked) >= 0;
  for (const lane of lanes) await lane.until(ENOUGH, isLate);
  const asked = lanes.flatMap((lane) => lane.asked);
  const served = asked.filter(({ isServed }) => isServed);
  const faults = served.filter(isLate).map((one) => `${way.name}: served ${since(one)} ms after its end`);
  return {
    way: way.name,
    mutation,
    lastSent: Math.max(...served.map(since)),
    lastArrived: Math.max(...served.map((one) => since(one) + one.answeredAt - one.sentAt)),
    late: asked.filter(isLate).length,
    faults: [...faults, ...(await given(way, subject, lanes, managing()))],
  };
}

/** Gives it back. From the answer on, whoever asks is served. */
async function given(way: Way, subject: Subject, lanes: readonly Lane[], managing: Managing): Promise<string[]> {
  await way.giveBack(subject, managing);
  const givenAt = performance.now();
  const isAfter = ({ sentAt }: Asked) => sentAt >= givenAt;
  for (const lane of lanes) await lane.until(ENOUGH, isAfter);
  const refused = lanes.flatMap((lane) => lane.asked).filter((asked) => isAfter(asked) && !asked.isServed);
  return refused.map(({ status }) => `${way.name}: ${status} after it was given back`);
}

function forget({ lanes }: Subject): void {
  for (const lane of lanes) lane.asked = [];
}
