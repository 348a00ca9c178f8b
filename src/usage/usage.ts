import type { AttributeKey } from '../attributes/attribute';
import type { CredentialId } from '../credentials/credential';

/** What one operation of a credential used, as its verdict says. */
export interface OperationUse {
  readonly credentialId: CredentialId;
  /** Attributes whose values were served, or decided what was served. */
  readonly read: Iterable<AttributeKey>;
  /** Attributes that were asked for and denied. */
  readonly denied: Iterable<AttributeKey>;
  /** Whether anything was denied, a module among it. */
  readonly wasDenied: boolean;
}

/** Where the executor tells what was used. Never throws and never waits. */
export interface UsageListener {
  record(use: OperationUse): void;
}

/** Where the token endpoint tells that it gave a token. Never throws and never waits. */
export interface TokenListener {
  recordToken(credentialId: CredentialId): void;
}

/** YYYY-MM-DD in UTC. */
export type Day = string;

export interface DayUsage {
  readonly date: Day;
  /** Operations that were judged, whatever became of them. */
  readonly requests: number;
  /** Those among them in which at least one thing was denied. */
  readonly denials: number;
}

export interface AttributeUsage {
  readonly key: AttributeKey;
  readonly granted: boolean;
  /** Operations that read it. */
  readonly reads: number;
  /** Operations in which it was denied. */
  readonly denials: number;
  readonly lastReadOn: Day | null;
}

/** How long counts are kept, in days: a year and a month, so that a yearly run is still seen. */
export const DAYS_KEPT = 400;

export function dayOf(moment: string): Day {
  return moment.slice(0, 10);
}

/** @returns the days from `count - 1` days before `last` to `last` */
export function daysUntil(last: Day, count: number): Day[] {
  const end = Date.parse(last);
  return Array.from({ length: count }, (_, index) =>
    dayOf(new Date(end - (count - 1 - index) * MILLISECONDS_A_DAY).toISOString()),
  );
}

const MILLISECONDS_A_DAY = 86_400_000;
