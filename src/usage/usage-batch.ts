import { CUSTOM_NAME_PATTERN, customName, isCustomKey, type AttributeKey } from '../attributes/attribute';
import { systemAttribute } from '../attributes/system-attributes';
import { hourOf, type Tally } from '../audit/audit-tally';
import type { CredentialId } from '../credentials/credential';
import { dayOf, type Day, type OperationUse } from './usage';

export interface CredentialCount {
  readonly credentialId: CredentialId;
  readonly day: Day;
  requests: number;
  denials: number;
}

export interface AttributeCount {
  readonly credentialId: CredentialId;
  readonly attributeKey: AttributeKey;
  readonly day: Day;
  reads: number;
  denials: number;
}

/**
 * Counts that wait to be written. A batch grows with the number of different counters, never with the number of requests.
 */
export class UsageBatch {
  readonly credentials = new Map<string, CredentialCount>();
  readonly attributes = new Map<string, AttributeCount>();
  /** What the audit log tells once the hour is over. */
  readonly tallies = new Map<string, Tally>();
  /** The moment of each credential's latest operation. */
  readonly lastUsed = new Map<CredentialId, string>();
  private readonly invented = new Set<AttributeKey>();

  get size(): number {
    return this.credentials.size + this.attributes.size + this.tallies.size;
  }

  /**
   * @param count how often the same was used in this hour, the last time at `moment`
   * @param knownCustom the custom attributes that were in the catalogue when it was last looked at
   */
  add(use: OperationUse, count: number, moment: string, knownCustom: ReadonlySet<AttributeKey>): void {
    const { credentialId } = use;
    const day = dayOf(moment);
    this.countOperation({ credentialId, day, requests: count, denials: use.wasDenied ? count : 0 });
    this.see(credentialId, moment);
    for (const attributeKey of new Set(use.read)) {
      this.countAttribute({ credentialId, attributeKey, day, reads: count, denials: 0 });
    }
    for (const attributeKey of new Set(use.denied)) {
      if (this.isCountable(attributeKey, knownCustom)) {
        this.countAttribute({ credentialId, attributeKey, day, reads: 0, denials: count });
        this.tally({ hour: hourOf(moment), credentialId, action: 'ATTRIBUTE_DENIED', attributeKey, count });
      }
    }
  }

  addToken(credentialId: CredentialId, moment: string): void {
    this.tally({ hour: hourOf(moment), credentialId, action: 'TOKENS_ISSUED', attributeKey: '', count: 1 });
  }

  /** Takes in the counts of another batch, such as one that could not be written. */
  merge(other: UsageBatch): void {
    for (const count of other.credentials.values()) this.countOperation(count);
    for (const count of other.attributes.values()) {
      if (!other.invented.has(count.attributeKey) || this.invent(count.attributeKey)) this.countAttribute(count);
    }
    for (const tally of other.tallies.values()) this.tally(tally);
    for (const [credentialId, moment] of other.lastUsed) this.see(credentialId, moment);
  }

  // A client may ask for any name. Those that no catalogue knows are remembered up to a limit, because one of them may have
  // become an attribute a moment ago; the store drops the rest of them.
  private isCountable(key: AttributeKey, knownCustom: ReadonlySet<AttributeKey>): boolean {
    if (!isCustomKey(key)) return systemAttribute(key) !== undefined;
    return knownCustom.has(key) || (CUSTOM_NAME_PATTERN.test(customName(key)) && this.invent(key));
  }

  private invent(key: AttributeKey): boolean {
    if (this.invented.size < MOST_INVENTED) this.invented.add(key);
    return this.invented.has(key);
  }

  private countOperation(count: CredentialCount): void {
    const id = `${count.credentialId} ${count.day}`;
    const found = this.credentials.get(id);
    if (!found) return void this.credentials.set(id, { ...count });
    found.requests += count.requests;
    found.denials += count.denials;
  }

  private countAttribute(count: AttributeCount): void {
    const id = `${count.credentialId} ${count.attributeKey} ${count.day}`;
    const found = this.attributes.get(id);
    if (!found) return void this.attributes.set(id, { ...count });
    found.reads += count.reads;
    found.denials += count.denials;
  }

  private tally(tally: Tally): void {
    const id = `${tally.hour} ${tally.credentialId} ${tally.action} ${tally.attributeKey}`;
    const found = this.tallies.get(id);
    if (!found) return void this.tallies.set(id, { ...tally });
    found.count += tally.count;
  }

  private see(credentialId: CredentialId, moment: string): void {
    const before = this.lastUsed.get(credentialId);
    if (before === undefined || before < moment) this.lastUsed.set(credentialId, moment);
  }
}

/** The most names in a batch that no catalogue knows. */
const MOST_INVENTED = 1_000;
