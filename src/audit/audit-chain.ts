import { createHash } from 'node:crypto';
import type { AuditEvent, AuditParty } from './audit-event';

/** What stands before the first event. */
export const GENESIS = '0'.repeat(64);

type Unsealed = Omit<AuditEvent, 'hash'>;

/** Computes the hash of an event: whoever changes, removes or inserts one breaks the chain from there on. */
export function hashOf(event: Unsealed): string {
  const { sequence, at, action, actor, subject, before, after, count, previousHash } = event;
  // A list, because the members of an object may be written in any order.
  const parts = [sequence, at, action, partyOf(actor), subject && partyOf(subject), before, after, count, previousHash];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** What is wrong at a place of the chain. */
export interface ChainFault {
  readonly sequence: number;
  readonly fault: 'CHANGED' | 'MISSING';
}

/** Follows the chain event by event. */
export class ChainVerifier {
  private last: Pick<AuditEvent, 'sequence' | 'hash'> = { sequence: 0, hash: GENESIS };

  get head(): Pick<AuditEvent, 'sequence' | 'hash'> {
    return this.last;
  }

  /** @returns the first fault, or undefined while all is well */
  check(event: AuditEvent): ChainFault | undefined {
    const expected = this.last.sequence + 1;
    if (event.sequence !== expected) return { sequence: expected, fault: 'MISSING' };
    if (event.previousHash !== this.last.hash || event.hash !== hashOf(event)) {
      return { sequence: expected, fault: 'CHANGED' };
    }
    this.last = event;
    return undefined;
  }
}

function partyOf({ kind, id, name }: AuditParty): readonly unknown[] {
  return [kind, id, name];
}
