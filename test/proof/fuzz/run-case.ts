import { isDeepStrictEqual } from 'node:util';
import { cursorsIn, holdsValue, isBroken, isExported, parsed } from './answer';
import type { Case, Expected, Question, Step } from './case';
import { seen, type Answer } from './client';
import type { Company, Way } from './company';
import type { Policy } from './policy';
import type { Tally } from './tally';
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
    if (this.areDifferent(one, other)) return { why: 'DIFFERENT', step: at, details };
    if (isBroken(one)) return { why: 'BROKEN', step: at, details };
    if (question.refused && holdsValue(parsed(one).data)) {
      return { why: 'SERVED WHAT IS TO BE REFUSED', step: at, details };
    }
    if (this.namesOthers(one, 'low')) return { why: 'NAMED ANOTHER CREDENTIAL', step: at, details };
    const otherWay = question.bothWays ? await this.otherWay(question, one) : undefined;
    if (otherWay) return { ...otherWay, step: at, details: [...details, ...otherWay.details] };
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

  /** Asks the gateways that make plans instead of those that make none, or the other way round. */
  private async otherWay(question: Question, answer: Answer): Promise<Pick<Failure, 'why' | 'details'> | undefined> {
    const [one, other] = await this.asLow(question, { ...this.way, reference: !this.way.reference });
    const details = [seen(one), seen(other)];
    if (this.areDifferent(one, other)) return { why: 'DIFFERENT', details };
    const isSame = one.status === answer.status && isDeepStrictEqual(parsed(one), parsed(answer));
    return isSame ? undefined : { why: 'ANSWERED AS BEFORE', details };
  }

  private areDifferent(one: Answer, other: Answer): boolean {
    this.tally.compared += 1;
    return seen(one) !== seen(other);
  }

  private async peer(question: Question, at: number): Promise<Failure | undefined> {
    await this.twins.beginPeer(this.policy);
    const resolved = this.resolved(question);
    const [one, other] = await this.twins.both((company) => company.asPeer(resolved, this.way));
    const details = [JSON.stringify(resolved), seen(one), seen(other)];
    if (this.areDifferent(one, other)) return { why: 'DIFFERENT', step: at, details };
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
    if (isRefused && !this.areDifferent(one, other)) return undefined;
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
