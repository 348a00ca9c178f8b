import type { AuditAction } from './audit-event';

/** What happens too often to be told one by one. */
export type TalliedAction = Extract<AuditAction, 'TOKENS_ISSUED' | 'ATTRIBUTE_DENIED'>;

/** How often a credential did something within an hour. */
export interface Tally {
  readonly hour: string;
  readonly credentialId: string;
  readonly action: TalliedAction;
  /** Blank for what concerns no attribute. */
  readonly attributeKey: string;
  count: number;
}

/** @returns the first moment of the hour that `moment` lies in */
export function hourOf(moment: string): string {
  return `${moment.slice(0, 13)}:00:00.000Z`;
}
