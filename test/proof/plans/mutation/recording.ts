import type { TestDatabase } from '../../../support/database';
import { DOCUMENTED_QUERIES } from '../../../support/snippets';
import { recordStatements, type RecordedStatement } from '../../../support/statements';
import { Differential, parsed, type Question } from '../differential';
import { WRITTEN_QUESTIONS } from '../questions';

/** Where a store is, who may ask it, and what must be answered: for gateways that live for one change of the planner. */
export interface Recording {
  readonly database: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly authorizations: readonly string[];
  readonly asked: readonly Asked[];
}

/** What one credential asks in turn. */
export interface Asked {
  /** The number of who asks. */
  readonly who: number;
  readonly turns: readonly Expected[];
}

/** What the reference path answered, and in how many statements the answer was planned. */
export interface Expected {
  readonly question: Question;
  readonly status: number;
  readonly answer: string;
  /** Unknown where there is no plan: how many statements the reference path makes of one field depends on their timing. */
  readonly planned: number | undefined;
}

/** Whether it is one of a plan. */
export function isPlanned({ text }: RecordedStatement): boolean {
  return text.includes('live_version');
}

const CREDENTIALS = 8;
/** Of these, who asks what was thought of; the first may read everything. */
const ASK_WRITTEN = 3;
const SEED = 20_261_126;

/**
 * Records what the documentation asks, what was thought of, and `count` drawn operations. The store stays.
 *
 * @throws Error when a plan answers otherwise than the reference path: then there is nothing to hold changes against
 */
export async function record(database: TestDatabase, count: number): Promise<Recording> {
  const differential = await Differential.start(database, CREDENTIALS, SEED);
  const log = recordStatements();
  const asked: Asked[] = [];
  const expected = async (question: Question, who: number): Promise<Expected> => {
    const reply = await differential.reference(question, who);
    log.take();
    await differential.planned(question, who);
    const planned = log.take().filter(isPlanned).length;
    const difference = await differential.difference(question, who);
    if (difference) throw new Error(`Without any change: ${JSON.stringify(difference)}`);
    const roots = Object.keys((JSON.parse(reply.text) as { data?: object | null }).data ?? {}).length;
    return { question, status: reply.status, answer: parsed(reply), planned: planned > roots ? undefined : planned };
  };
  const add = async (questions: readonly Question[], who: number): Promise<void> => {
    const turns: Expected[] = [];
    for (const question of questions) turns.push(await expected(question, who));
    asked.push({ who, turns });
  };
  for (const { text, variables } of DOCUMENTED_QUERIES)
    for (const who of differential.authorizations.keys()) await add([{ query: text, variables }], who);
  for (const question of WRITTEN_QUESTIONS)
    for (let who = 0; who < ASK_WRITTEN; who += 1) await add(await differential.written(question, who), who);
  for (let index = 0; index < count; index += 1) {
    const { question, who } = differential.drawn(index);
    for (const one of who) await add([question], one);
  }
  log.stop();
  const { dataDir, databaseUrl } = differential.gateway.house.config;
  await differential.stop();
  const { authorizations } = differential;
  return { database: database.name, dataDir, databaseUrl, authorizations, asked };
}
