import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CredentialEntity } from '../credentials/credential.entity';
import { SecretEntity } from '../credentials/secret.entity';

/** An issued access token, as a verifier. It dies with its secret, its credential, its epoch or its time. */
@Entity('access_token')
export class AccessTokenEntity {
  /** Random (UUID), never used again. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  /** HMAC-SHA-256 of the token, base64url. */
  @Index('access_token_mac', { unique: true })
  @Column({ type: 'text' })
  mac!: string;

  @Index('access_token_credential')
  @ForeignKey(() => CredentialEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @Index('access_token_secret')
  @ForeignKey(() => SecretEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'secret_id', type: 'text' })
  secretId!: string;

  @Column({ name: 'token_epoch', type: 'integer' })
  tokenEpoch!: number;

  @Column({ name: 'issued_at', type: 'text' })
  issuedAt!: string;

  @Index('access_token_expires_at')
  @Column({ name: 'expires_at', type: 'text' })
  expiresAt!: string;
}
