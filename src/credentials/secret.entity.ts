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

/**
 * A secret that can be shown again: encrypted under a key of its own, which is wrapped by a key outside the database. A
 * table apart, so that no list and no check of who calls ever touches it, and that it can be emptied as a whole.
 */
@Entity('sealed_secret')
export class SealedSecretEntity {
  @ForeignKey(() => SecretEntity, { onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'secret_id', type: 'text' })
  secretId!: string;

  /** AES-256-GCM: IV, ciphertext and tag, base64url. */
  @Column({ type: 'text' })
  ciphertext!: string;

  /** The secret's own key, encrypted in the same form. */
  @Column({ name: 'wrapped_key', type: 'text' })
  wrappedKey!: string;

  /** The key of the key ring that wraps it. */
  @Index('sealed_secret_key')
  @Column({ name: 'key_id', type: 'text' })
  keyId!: string;
}
