import { UsageError } from '../errors';

/** Where a row begins in its file. */
export interface Place {
  /** Counted from 1, the header included. */
  readonly line: number;
  /** Counted from 1; only where several rows may share a line, as the items of a JSON array do. */
  readonly item?: number;
  /** What the source calls the row, where the rows are on no line that anybody could look at. */
  readonly record?: string;
}

/** A place as a sentence names it. */
export function placeName({ line, item, record }: Place): string {
  return record ?? `line ${line}${item === undefined ? '' : ` (item ${item})`}`;
}

/** Why a row cannot be taken. */
export interface Problem extends Place {
  /** The column as the file calls it; absent when the row as a whole is wrong. */
  readonly column?: string;
  readonly reason: string;
}

const MOST_PROBLEMS = 50;

/** Keeps the first problems of a file, counts all of them, and knows which rows are bad. */
export class ProblemList {
  private readonly kept: Problem[] = [];
  private readonly bad = new Set<number>();
  private total = 0;

  /** @param rowIndex counted from 0 */
  add(rowIndex: number, problem: Problem): void {
    this.bad.add(rowIndex);
    this.total += 1;
    if (this.kept.length < MOST_PROBLEMS) this.kept.push(problem);
  }

  /** Marks a row that another row's problem already tells about. */
  spoil(rowIndex: number): void {
    this.bad.add(rowIndex);
  }

  isBad(rowIndex: number): boolean {
    return this.bad.has(rowIndex);
  }

  get badRows(): number {
    return this.bad.size;
  }

  get count(): number {
    return this.total;
  }

  /** At most 50, in the order in which they were found. */
  get problems(): readonly Problem[] {
    return this.kept;
  }
}

/** A file, or its map, that cannot be taken. */
export class ImportError extends UsageError {
  /**
   * @param summary one sentence
   * @param problems the first of them
   * @param problemCount all of them
   */
  constructor(
    readonly summary: string,
    readonly problems: readonly Problem[] = [],
    readonly problemCount = problems.length,
  ) {
    super([summary, ...problemLines(problems, problemCount)].join('\n'), { message: summary, problems, problemCount });
  }
}

/** One indented line for each problem, and one for those that are only counted. */
export function problemLines(problems: readonly Problem[], count: number): string[] {
  const lines = problems.map((problem) => `  ${placeOf(problem)}: ${problem.reason}`);
  const rest = count - problems.length;
  return rest > 0 ? [...lines, `  … and ${rest} more.`] : lines;
}

function placeOf({ line, item, record, column }: Problem): string {
  const parts = [record ?? `line ${line}`];
  if (item !== undefined) parts.push(`item ${item}`);
  if (column !== undefined) parts.push(`column "${column}"`);
  return parts.join(', ');
}

const LONGEST_EXCERPT = 40;

/** A value as a message may show it: quoted, on one line and short. */
export function excerpt(value: unknown): string {
  // The compiler does not know it, but what JSON cannot say, such as undefined, has no text.
  const text = typeof value === 'string' ? value : ((JSON.stringify(value) as string | undefined) ?? '');
  const shown = text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
  return JSON.stringify(shown);
}
