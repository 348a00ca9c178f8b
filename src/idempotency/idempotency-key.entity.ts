import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CredentialEntity } from '../credentials/credential.entity';

/** A write that a credential sent with a key, so that sending it again does nothing. Holds no value that was written. */
@Entity('idempotency_key')
export class IdempotencyKeyEntity {
  @ForeignKey(() => CredentialEntity, { onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  /** HMAC of the operation and its input: a bare hash of a salary could be guessed. */
  @Column({ name: 'request_mac', type: 'text' })
  requestMac!: string;

  /** JSON: ids, statuses and error codes. */
  @Column({ type: 'text' })
  outcome!: string;

  @Index('idempotency_key_created_at')
  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;
}
