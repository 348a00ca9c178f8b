import type { MeasureFunction } from './statistics.type';

/** One group as it was counted, before it is decided what may be shown of it. */
export interface CountedGroup {
  readonly keys: readonly (string | null)[];
  readonly count: number;
  readonly measures: readonly CountedMeasure[];
}

export interface CountedMeasure {
  readonly of: string;
  readonly function: MeasureFunction;
  readonly value: number | null;
  /** How many people have a value. */
  readonly values: number;
  readonly currency: string | null;
  readonly currencies: number;
}

export interface ShownMeasure extends Pick<CountedMeasure, 'of' | 'function' | 'value' | 'currency'> {
  readonly withheld: boolean;
}

export interface ShownGroup extends Pick<CountedGroup, 'keys' | 'count'> {
  readonly measures: readonly ShownMeasure[];
}

export interface Statistics {
  readonly groups: readonly ShownGroup[];
  readonly withheldGroups: number;
  readonly smallestGroup: number;
}

/**
 * Withholds groups of fewer than `smallest` people. When what is withheld adds up to fewer than that, or is one group
 * alone, it could be worked out from the total; then the next larger groups are withheld as well. Pure.
 *
 * Two answers to different filters can still be subtracted from each other; docs/reading.md says what is promised.
 */
export function withhold(groups: readonly CountedGroup[], smallest: number): Statistics {
  const bySize = [...groups].sort((a, b) => a.count - b.count || compareKeys(a, b));
  const hidden = hiddenCount(bySize, smallest);
  const shown = bySize.slice(hidden).sort((a, b) => b.count - a.count || compareKeys(a, b));
  return {
    groups: shown.map((group) => ({ ...group, measures: group.measures.map((one) => shownMeasure(one, smallest)) })),
    withheldGroups: hidden,
    smallestGroup: smallest,
  };
}

function hiddenCount(bySize: readonly CountedGroup[], smallest: number): number {
  let hidden = bySize.filter(({ count }) => count < smallest).length;
  let people = bySize.slice(0, hidden).reduce((sum, { count }) => sum + count, 0);
  while (hidden > 0 && hidden < bySize.length && (hidden === 1 || people < smallest)) {
    people += bySize[hidden]?.count ?? 0;
    hidden += 1;
  }
  return hidden;
}

function shownMeasure({ values, currencies, ...measure }: CountedMeasure, smallest: number): ShownMeasure {
  const withheld = values > 0 && values < smallest;
  const { of, function: name } = measure;
  if (withheld || currencies > 1 || measure.value === null) {
    return { of, function: name, value: null, currency: null, withheld };
  }
  return { ...measure, value: rounded(measure.value), withheld };
}

// The databases add in different orders, so their last digits differ.
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function compareKeys(a: CountedGroup, b: CountedGroup): number {
  const [x, y] = [JSON.stringify(a.keys), JSON.stringify(b.keys)];
  return x < y ? -1 : Number(x > y);
}
