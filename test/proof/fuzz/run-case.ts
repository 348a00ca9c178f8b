import { isDeepStrictEqual } from 'node:util';
import type { Case, Expected, Question, Step } from './case';
import { seen, type Answer } from './client';
import type { Company, Way } from './company';
import type { Policy } from './policy';
import type { Twins } from './twins';
import { unpermittedWrites, type Snapshot, snapshotOf } from './written';

/** Something that must not happen did. */
export interface Failure {
  readonly why:
    | 'DIFFERENT'
    | 'BROKEN'
    | 'SERVED WHILE DISABLED'
    | 'SERVED WHAT IS TO BE REFUSED'
    | 'ANSWERED AS BEFORE'
    | 'EXPORTED SOMETHING ELSE'
    | 'NAMED ANOTHER CREDENTIAL'
    | 'WROTE WHAT IT MAY NOT';
  readonly step: number;
  readonly details: readonly string[];
}

/** What the compared answers were like, so that a run that compares nothing but refusals is noticed. */
export class Tally {
  compared = 0;
  withValues = 0;
  withForbidden = 0;
  /** Answers without a value, by the first code that they tell. */
  readonly refused = new Map<string, number>();
  invalid = 0;
  writes = 0;
  interleaved = 0;
  /** Lists that were exported, not refused. */
  exported = 0;

  add(other: Answer, isWrite: boolean): void {
    const { data, errors = [] } = parsed(other);
    const codes = errors.map(({ extensions }) => extensions?.code ?? '');
    const why = codes[0] ?? 'NOTHING FOUND';
    this.compared += 1;
    if (holdsValue(data)) this.withValues += 1;
    else this.refused.set(why, (this.refused.get(why) ?? 0) + 1);
    if (codes.some((code) => /^(ATTRIBUTE|MODULE)_FORBIDDEN$/.test(code))) this.withForbidden += 1;
    if (codes.includes('GRAPHQL_VALIDATION_FAILED') || codes.includes('GRAPHQL_PARSE_FAILED')) this.invalid += 1;
    if (isWrite) this.writes += 1;
    if (isExported(other)) this.exported += 1;
  }
}

/** @returns the first thing that went wrong, or undefined */
export async function runCase(twins: Twins, one: Case, tally: Tally): Promise<Failure | undefined> {
  const { policy, steps } = one;
  const run = new CaseRun(twins, one, tally);
  twins.setTime(0);
  await run.begin(policy, steps.some(isWrite));
  for (const [at, step] of steps.entries()) {
    twins.setTime(at + 1);
    const failure = await run.step(step, at);
    if (failure) return failure;
  }
  return run.end(steps.length);
}

class CaseRun {
  private readonly cursors: string[] = [];
  private before: Snapshot | undefined;
  private policy: Policy;
  private readonly way: Way;

  constructor(
    private readonly twins: Twins,
    private readonly one: Case,
    private readonly tally: Tally,
  ) {
    this.policy = one.policy;
    this.way = { bearer: one.bearer, reference: one.reference ?? false };
  }

  async begin(policy: Policy, writes: boolean): Promise<void> {
    this.policy = policy;
    await this.twins.begin(this.one.seed, policy);
    this.before = writes ? await snapshotOf(this.twins.companies[0]) : undefined;
  }

  async step(step: Step, at: number): Promise<Failure | undefined> {
    switch (step.kind) {
      case 'ask':
        return this.ask(step, at);
      case 'peer':
        return this.peer(step, at);
      case 'interleave':
        return this.interleave(step, at);
      case 'disable':
        return this.disable(step, at);
      case 'narrow': {
        const failure = await this.end(at);
        if (!failure) await this.begin(step.policy, this.before !== undefined);
        return failure;
      }
    }
  }

  /** Whether anything was written that the credential may not write. */
  async end(at: number): Promise<Failure | undefined> {
    if (!this.before) return undefined;
    const details = unpermittedWrites(this.before, await snapshotOf(this.twins.companies[0]), this.policy);
    return details.length > 0 ? { why: 'WROTE WHAT IT MAY NOT', step: at, details } : undefined;
  }

  private async ask(question: Question & Expected, at: number): Promise<Failure | undefined> {
    const writes = isWrite({ kind: 'ask', ...question });
    if (writes) this.twins.noteWrite();
    const [one, other] = await this.asLow(question);
    this.tally.add(one, writes);
    const details = [JSON.stringify(this.resolved(question)), seen(one), seen(other)];
    if (seen(one) !== seen(other)) return { why: 'DIFFERENT', step: at, details };
    if (isBroken(one)) return { why: 'BROKEN', step: at, details };
    if (question.refused && holdsValue(parsed(one).data)) {
      return { why: 'SERVED WHAT IS TO BE REFUSED', step: at, details };
    }
    if (this.namesOthers(one, 'low')) return { why: 'NAMED ANOTHER CREDENTIAL', step: at, details };
    const stale = question.bothWays ? await this.otherWay(question, one) : undefined;
    if (stale) return { why: 'ANSWERED AS BEFORE', step: at, details: [...details, seen(stale)] };
    const list = isExported(one) ? await this.otherThanList(question, one) : undefined;
    if (list) return { why: 'EXPORTED SOMETHING ELSE', step: at, details: [...details, seen(list)] };
    this.cursors.push(...cursorsIn(one.text));
    return undefined;
  }

  /** @returns what the list itself answers, when the export does not begin with its items or something is denied */
  private async otherThanList({ query, variables }: Question, exported: Answer): Promise<Answer | undefined> {
    const [answer] = await this.asLow({ query, variables });
    const { data, errors } = parsed(answer);
    const [list] = Object.values(
      (data ?? {}) as Readonly<Record<string, { readonly nodes: readonly unknown[] } | null>>,
    );
    const items = parsed(exported).data as readonly unknown[];
    const isBeginning = list && isDeepStrictEqual(items.slice(0, list.nodes.length), list.nodes);
    return errors === undefined && isBeginning ? undefined : answer;
  }

  /** @returns what the other gateways answer, when it is something else */
  private async otherWay(question: Question, answer: Answer): Promise<Answer | undefined> {
    const way = { ...this.way, reference: !this.way.reference };
    const others = await this.asLow(question, way);
    const isSame = (other: Answer) =>
      other.status === answer.status && isDeepStrictEqual(parsed(other), parsed(answer));
    return others.find((other) => !isSame(other));
  }

  private async peer(question: Question, at: number): Promise<Failure | undefined> {
    await this.twins.beginPeer(this.policy);
    const resolved = this.resolved(question);
    const [one, other] = await this.twins.both((company) => company.asPeer(resolved, this.way));
    const details = [JSON.stringify(resolved), seen(one), seen(other)];
    if (seen(one) !== seen(other)) return { why: 'DIFFERENT', step: at, details };
    if (isBroken(one)) return { why: 'BROKEN', step: at, details };
    return this.namesOthers(one, 'peer') ? { why: 'NAMED ANOTHER CREDENTIAL', step: at, details } : undefined;
  }

  private namesOthers({ text }: Answer, who: 'low' | 'peer'): boolean {
    const { low, peer, privileged } = this.twins.companies[0].credentials;
    const others = [privileged, who === 'low' ? peer : low];
    return others.some(({ id, clientId }) => text.includes(id) || text.includes(clientId));
  }

  private async interleave(question: Question, at: number): Promise<Failure | undefined> {
    const resolved = this.resolved(question);
    const [one, other] = await this.twins.both((company: Company) => company.asPrivileged(resolved, this.way));
    this.tally.interleaved += 1;
    const broken = [one, other].filter(isBroken);
    if (broken.length === 0) return undefined;
    return { why: 'BROKEN', step: at, details: [JSON.stringify(resolved), ...broken.map(seen)] };
  }

  private async disable(question: Question, at: number): Promise<Failure | undefined> {
    this.twins.noteWrite();
    await this.twins.both((company) => company.setEnabled(false));
    const [one, other] = await this.asLow(question);
    await this.twins.both((company) => company.setEnabled(true));
    const isRefused = [one, other].every((answer) => answer.status === 401 && parsed(answer).data === undefined);
    if (isRefused && seen(one) === seen(other)) return undefined;
    return { why: 'SERVED WHILE DISABLED', step: at, details: [JSON.stringify(question), seen(one), seen(other)] };
  }

  private asLow(question: Question, way = this.way): Promise<[Answer, Answer]> {
    const resolved = this.resolved(question);
    return this.twins.both((company) => company.asLow(resolved, way));
  }

  private resolved({ query, variables, transport }: Question): Question {
    const text = JSON.stringify([query, variables]).replace(/@cursor:(\d+)@/g, (_, number: string) => {
      const count = this.cursors.length;
      return count === 0 ? 'none' : (this.cursors[Number(number) % count] ?? 'none');
    });
    const [resolvedQuery, resolvedVariables] = JSON.parse(text) as [string, Question['variables']];
    return { query: resolvedQuery, variables: resolvedVariables, ...(transport ? { transport } : {}) };
  }
}

function isWrite(step: Step): boolean {
  return step.kind === 'ask' && step.query.startsWith('mutation');
}

interface Parsed {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Of a list that was exported, the data are its lines. */
function parsed(answer: Answer): Parsed {
  const { text } = answer;
  if (isExported(answer))
    return {
      data: text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
    };
  return JSON.parse(text) as Parsed;
}

function isExported({ headers }: Answer): boolean {
  return headers.some((value) => value.startsWith('application/jsonl'));
}

function isBroken({ status, text }: Answer): boolean {
  return status >= 500 || text.includes('"code":"INTERNAL"');
}

function holdsValue(data: unknown): boolean {
  if (Array.isArray(data)) return data.some(holdsValue);
  if (typeof data === 'object' && data !== null) {
    return Object.entries(data).some(([name, value]) => name !== 'kind' && holdsValue(value));
  }
  return data !== null && data !== undefined;
}

/** Cursors look like nothing else in an answer: base64url of at least 17 bytes. */
function cursorsIn(text: string): string[] {
  return [...text.matchAll(/"([\w-]{23,60})"/g)]
    .map(([, cursor]) => cursor ?? '')
    .filter((one) => /\d|[A-Z]/.test(one))
    .slice(0, 12);
}
