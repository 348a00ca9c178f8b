import { placeName } from '../tabular/problem';
import type { Decision, RecordFacts, RowFacts, StoredFacts } from './record';

/** What a kind of record allows. */
export interface RecordRules<Row extends RowFacts, Stored extends StoredFacts> {
  overlap(one: RecordFacts, other: RecordFacts): boolean;
  /** Whether a row tells nothing new about the record that it is about. */
  says(stored: Stored, row: Row): boolean;
  /** @returns why a stored record cannot become what the row says, or undefined */
  objection(stored: Stored, row: Row): string | undefined;
  /** Why a row that overlaps a stored record is refused. */
  readonly overlapText: string;
}

/** Why a row is bad that is good by itself. */
export interface Refusal {
  readonly index: number;
  readonly reason: string;
}

/**
 * Decides about the rows of one person: each is a record that is stored, or a new one, and none may overlap another. Rows
 * that are refused are left out, and their stored records stay as they are.
 */
export function judgeRecords<Row extends RowFacts, Stored extends StoredFacts>(
  rows: readonly Row[],
  stored: readonly Stored[],
  rules: RecordRules<Row, Stored>,
): { readonly decisions: readonly Decision<Row, Stored>[]; readonly refusals: readonly Refusal[] } {
  const refusals = new Map<number, Refusal>();
  // A row that turns out bad gives back its stored record, which others may then overlap.
  for (;;) {
    const before = refusals.size;
    const { decisions, free } = matched(
      rows.filter(({ index }) => !refusals.has(index)),
      stored,
      rules,
    );
    for (const refusal of [...objections(decisions, rules), ...clashes(decisions, free, rules)]) {
      if (!refusals.has(refusal.index)) refusals.set(refusal.index, refusal);
    }
    if (refusals.size === before)
      return { decisions, refusals: [...refusals.values()].sort((one, other) => one.index - other.index) };
  }
}

interface Matched<Row extends RowFacts, Stored extends StoredFacts> {
  readonly decisions: readonly Decision<Row, Stored>[];
  /** Those that no row is about. */
  readonly free: readonly Stored[];
}

// First every row takes the record that says the same, so that a file which was taken before changes nothing.
function matched<Row extends RowFacts, Stored extends StoredFacts>(
  rows: readonly Row[],
  stored: readonly Stored[],
  rules: RecordRules<Row, Stored>,
): Matched<Row, Stored> {
  const pool = new Pool(stored);
  const isTold = (record: Stored, row: Row): boolean => record.last === row.last && rules.says(record, row);
  const same = rows.map((row) => pool.take(row, (record) => record.takesTime === row.takesTime && isTold(record, row)));
  const decisions = rows.map((row, at) => {
    const found = same[at];
    if (found) return { row, stored: found, isSame: true };
    const standing = pool.take(row, ({ takesTime }) => takesTime);
    if (standing) return { row, stored: standing, isSame: false };
    // A row that does not tell whether its record stands may be about one that does not, where no other does.
    const over = pool.take(row, (record) => isTold(record, row));
    return { row, stored: over, isSame: over !== undefined };
  });
  return { decisions, free: pool.rest() };
}

/** Stored records by what identifies them, each taken once. */
class Pool<Stored extends StoredFacts> {
  private readonly byKey = new Map<string, Stored[]>();

  constructor(stored: readonly Stored[]) {
    for (const record of stored) {
      const sharing = this.byKey.get(keyOf(record));
      if (sharing) sharing.push(record);
      else this.byKey.set(keyOf(record), [record]);
    }
  }

  take(row: RecordFacts, isIt: (record: Stored) => boolean): Stored | undefined {
    const sharing = this.byKey.get(keyOf(row)) ?? [];
    const at = sharing.findIndex(isIt);
    return at === -1 ? undefined : sharing.splice(at, 1)[0];
  }

  rest(): readonly Stored[] {
    return [...this.byKey.values()].flat();
  }
}

function keyOf({ group, first }: RecordFacts): string {
  return `${first} ${group}`;
}

function objections<Row extends RowFacts, Stored extends StoredFacts>(
  decisions: readonly Decision<Row, Stored>[],
  rules: RecordRules<Row, Stored>,
): Refusal[] {
  return decisions.flatMap(({ row, stored, isSame }) => {
    const reason = stored && !isSame ? rules.objection(stored, row) : undefined;
    return reason === undefined ? [] : [{ index: row.index, reason }];
  });
}

/** Something that takes up time: a row's record or a stored one. */
interface Taken {
  readonly facts: RecordFacts;
  /** The row that would change something; absent when the store has it already. */
  readonly news: RowFacts | undefined;
}

function clashes<Row extends RowFacts, Stored extends StoredFacts>(
  decisions: readonly Decision<Row, Stored>[],
  free: readonly Stored[],
  rules: RecordRules<Row, Stored>,
): Refusal[] {
  const taken: Taken[] = [
    ...free.map((facts) => ({ facts, news: undefined })),
    ...decisions.map(({ row, stored, isSame }) =>
      isSame && stored ? { facts: stored, news: undefined } : { facts: row, news: row },
    ),
  ].filter(({ facts }) => facts.takesTime);
  taken.sort((one, other) => (one.facts.first < other.facts.first ? -1 : 1));
  const refusals: Refusal[] = [];
  let furthest: Taken | undefined;
  for (const next of taken) {
    const clash = furthest && rules.overlap(furthest.facts, next.facts) ? blame(furthest, next) : undefined;
    if (clash) refusals.push({ index: clash.bad.index, reason: reasonOf(clash.other, rules.overlapText) });
    if (clash?.bad === next.news && clash) continue;
    if (!furthest || clash || next.facts.last > furthest.facts.last) furthest = next;
  }
  return refusals;
}

// Of two rows the later one in the file. What is stored is nobody's fault, even if it overlaps.
function blame(one: Taken, other: Taken): { readonly bad: RowFacts; readonly other: Taken } | undefined {
  if (one.news && (!other.news || one.news.index > other.news.index)) return { bad: one.news, other };
  return other.news ? { bad: other.news, other: one } : undefined;
}

function reasonOf({ news }: Taken, overlapText: string): string {
  if (!news) return overlapText;
  return `overlaps the one on ${placeName(news.place)}`;
}
