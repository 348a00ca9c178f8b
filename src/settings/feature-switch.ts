import { z } from 'zod';

/** Whether and when admins have the API-credentials section. */
export interface FeatureSwitch {
  readonly enabled: boolean;
  /** The first day of it, YYYY-MM-DD in UTC; null for no beginning. */
  readonly startsOn: string | null;
  /** The last day of it, YYYY-MM-DD in UTC; null for no end. */
  readonly endsOn: string | null;
}

/** What holds while nobody has set anything. */
export const ALWAYS_ON: FeatureSwitch = { enabled: true, startsOn: null, endsOn: null };

/** @param now ISO 8601 in UTC */
export function isActive({ enabled, startsOn, endsOn }: FeatureSwitch, now: string): boolean {
  const today = now.slice(0, 10);
  return enabled && (startsOn === null || startsOn <= today) && (endsOn === null || today <= endsOn);
}

/** What both leave open. */
export function narrower(one: FeatureSwitch, other: FeatureSwitch): FeatureSwitch {
  const starts = [one.startsOn, other.startsOn].filter((day) => day !== null).sort();
  const ends = [one.endsOn, other.endsOn].filter((day) => day !== null).sort();
  return { enabled: one.enabled && other.enabled, startsOn: starts.at(-1) ?? null, endsOn: ends[0] ?? null };
}

const stored = z.object({ enabled: z.boolean(), startsOn: z.iso.date().nullable(), endsOn: z.iso.date().nullable() });

/** @throws when `text` is none: then the section stays closed */
export function parseFeatureSwitch(text: string): FeatureSwitch {
  return stored.parse(JSON.parse(text));
}
