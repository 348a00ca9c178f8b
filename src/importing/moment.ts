import { bad, type Reading } from '../employees/values/attribute-input';
import { readDate } from '../employees/values/scalar-values';

const MOMENT =
  /^(?<day>\d{4}-\d{2}-\d{2})[T ](?<hour>\d{2}):(?<minute>\d{2})(:(?<second>\d{2})(?<fraction>\.\d{1,3})?)?(?<offset>Z|[+-]\d{2}:?\d{2})?$/;

/** @returns the name as the clock's data has it, or undefined when there is no such zone */
export function readTimeZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/**
 * Reads texts as moments in UTC with milliseconds: `2026-03-02T08:00Z`, `2026-03-02 08:00:30+01:00`, and with a time zone
 * also `2026-03-02 08:00`.
 */
export class MomentReader {
  private readonly clock: Intl.DateTimeFormat | undefined;

  /** @param zone of texts that tell no offset; absent means that each must tell it */
  constructor(private readonly zone?: string) {
    this.clock = zone === undefined ? undefined : localClock(zone);
  }

  read(cell: unknown): Reading<string> {
    const parts = typeof cell === 'string' ? MOMENT.exec(cell)?.groups : undefined;
    if (!parts) return bad('is not a moment such as 2026-03-02T08:00Z or 2026-03-02 08:00');
    const day = readDate(parts['day']);
    if ('reason' in day) return day;
    const local = Date.parse(`${parts['day']}T${timeOf(parts)}Z`);
    if (Number.isNaN(local)) return bad('is no time of the day');
    const offset = parts['offset'];
    if (offset === undefined) return this.inZone(local);
    const minutes = offsetMinutes(offset);
    return minutes === undefined ? bad('has no offset that exists') : { value: textOf(local - minutes * MINUTE) };
  }

  private inZone(local: number): Reading<string> {
    if (!this.clock) return bad('tells no offset from UTC, and no time zone was given (--time-zone)');
    // The offset a day before and a day after are those on either side of a change of the clocks.
    const offsets = [this.offsetAt(local - DAY), this.offsetAt(local + DAY)];
    const moments = offsets
      .map((offset) => local - offset)
      .filter((moment) => moment + this.offsetAt(moment) === local);
    if (moments.length === 0) return bad(`does not exist in ${this.zone ?? ''}: the clocks go forward then`);
    // An hour that comes twice means its first time.
    return { value: textOf(Math.min(...moments)) };
  }

  private offsetAt(moment: number): number {
    const parts = this.clock?.formatToParts(moment) ?? [];
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return shown - Math.floor(moment / SECOND) * SECOND;
  }
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

function localClock(zone: string): Intl.DateTimeFormat {
  const numeric = 'numeric' as const;
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
}

function timeOf(parts: Record<string, string | undefined>): string {
  return `${parts['hour']}:${parts['minute']}:${parts['second'] ?? '00'}${(parts['fraction'] ?? '.0').padEnd(4, '0')}`;
}

function offsetMinutes(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function textOf(moment: number): string {
  return new Date(moment).toISOString();
}
