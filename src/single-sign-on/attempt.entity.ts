import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AttemptPurpose } from './attempt';

/** Somebody who was sent to the identity provider and has not come back yet. */
@Entity('sign_on_attempt')
export class AttemptEntity {
  /** HMAC-SHA-256 of the token in the browser's cookie, base64url. */
  @PrimaryColumn({ type: 'text' })
  mac!: string;

  @Column({ type: 'text' })
  purpose!: AttemptPurpose;

  /** The session that asks, where somebody is signed in already. */
  @Column({ name: 'session_id', type: 'text', nullable: true })
  sessionId!: string | null;

  @Column({ name: 'started_at', type: 'text' })
  startedAt!: string;

  @Column({ name: 'expires_at', type: 'text' })
  expiresAt!: string;
}
