import sql, { join } from 'sql-template-tag';
import { later, type Clock } from '../clock';
import { currentPepper, type KeyRing } from '../credentials/key-ring';
import { newAttemptToken, verifier } from '../credentials/secret';
import { runIn } from '../store/statement';
import type { Store } from '../store/store';
import { ATTEMPT_SECONDS, type Attempt, type AttemptPurpose } from './attempt';
import { AttemptEntity } from './attempt.entity';

/** Remembers who was sent to the identity provider. Whoever comes back is let in once. */
export class AttemptStore {
  constructor(
    private readonly store: Store,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** @returns the token of the browser's cookie */
  async begin(purpose: AttemptPurpose, sessionId: string | null): Promise<string> {
    const token = newAttemptToken();
    const now = this.clock.now();
    await this.store.write(async (manager) => {
      await runIn(manager, this.store.dialect)(sql`DELETE FROM sign_on_attempt WHERE expires_at <= ${now}`);
      await manager.insert(AttemptEntity, {
        mac: verifier(currentPepper(this.keys).bytes, token),
        purpose,
        sessionId,
        startedAt: now,
        expiresAt: later(now, ATTEMPT_SECONDS),
      });
    });
    return token;
  }

  /** @returns undefined when it is unknown, used or too old */
  async redeem(token: string): Promise<Attempt | undefined> {
    const macs = this.keys.peppers.map((pepper) => verifier(pepper.bytes, token));
    return this.store.write(async (manager) => {
      const [row] = await runIn(
        manager,
        this.store.dialect,
      )(sql`SELECT mac, purpose, session_id, started_at FROM sign_on_attempt
        WHERE mac IN (${join(macs)}) AND expires_at > ${this.clock.now()}`);
      if (!row) return undefined;
      // Of many who come with it at the same moment, one deletes it.
      const { affected } = await manager.delete(AttemptEntity, { mac: row['mac'] as string });
      if (affected === 0) return undefined;
      return {
        purpose: row['purpose'] as AttemptPurpose,
        sessionId: row['session_id'] as string | null,
        startedAt: row['started_at'] as string,
      };
    });
  }
}
