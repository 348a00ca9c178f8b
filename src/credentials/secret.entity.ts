import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CredentialEntity } from './credential.entity';

/** A live secret of a credential, as a verifier from which the secret cannot be computed. At most two per credential. */
@Entity('credential_secret')
export class SecretEntity {
  /** Random (UUID), never used again. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Index('credential_secret_credential')
  @ForeignKey(() => CredentialEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  /** HMAC-SHA-256 of the secret under the pepper `pepperId`, base64url. */
  @Column({ type: 'text' })
  mac!: string;

  @Column({ name: 'pepper_id', type: 'text' })
  pepperId!: string;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  /** When a rotation's overlap ends; null while it is the current secret. */
  @Column({ name: 'expires_at', type: 'text', nullable: true })
  expiresAt!: string | null;
}
