import { holdsValue, isExported, parsed } from './answer';
import type { Answer } from './client';

/** What the compared answers were like, so that a run that compares nothing but refusals is noticed. */
export class Tally {
  /** Operations of which both companies' answers were compared. */
  compared = 0;
  /** Of these, what the credential under test asked first: all that follows is of them. */
  asked = 0;
  withValues = 0;
  withForbidden = 0;
  /** Answers without a value, by the first code that they tell. */
  readonly refused = new Map<string, number>();
  invalid = 0;
  writes = 0;
  /** Lists that were exported, not refused. */
  exported = 0;
  /** Operations of the credential that may read everything, which were not compared. */
  interleaved = 0;

  add(answer: Answer, isWrite: boolean): void {
    const { data, errors = [] } = parsed(answer);
    const codes = errors.map(({ extensions }) => extensions?.code ?? '');
    const why = codes[0] ?? 'NOTHING FOUND';
    this.asked += 1;
    if (holdsValue(data)) this.withValues += 1;
    else this.refused.set(why, (this.refused.get(why) ?? 0) + 1);
    if (codes.some((code) => /^(ATTRIBUTE|MODULE)_FORBIDDEN$/.test(code))) this.withForbidden += 1;
    if (codes.includes('GRAPHQL_VALIDATION_FAILED') || codes.includes('GRAPHQL_PARSE_FAILED')) this.invalid += 1;
    if (isWrite) this.writes += 1;
    if (isExported(answer)) this.exported += 1;
  }

  /** Counts what another process counted. */
  addAll(other: Counts): void {
    for (const count of COUNTS) this[count] += other[count];
    for (const [why, times] of other.refused) this.refused.set(why, (this.refused.get(why) ?? 0) + times);
  }
}

const COUNTS = [
  'compared',
  'asked',
  'withValues',
  'withForbidden',
  'invalid',
  'writes',
  'exported',
  'interleaved',
] as const;

/** What is left of a tally on its way from one process to another. */
export type Counts = Pick<Tally, (typeof COUNTS)[number] | 'refused'>;
