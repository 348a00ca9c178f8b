import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CredentialEntity } from '../credentials/credential.entity';
import type { AccessRequestState } from './access-request';

/** A credential that asks for what it lacks. */
@Entity('access_request')
export class AccessRequestEntity {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Index('access_request_of_credential')
  @ForeignKey(() => CredentialEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  @Column({ type: 'text' })
  reason!: string;

  /** What is asked for, as JSON: nothing but the whole of it is ever read. */
  @Column({ type: 'text' })
  wanted!: string;

  @Index('access_request_by_state')
  @Column({ type: 'text' })
  state!: AccessRequestState;

  @Column({ name: 'decided_at', type: 'text', nullable: true })
  decidedAt!: string | null;

  @Column({ type: 'text', nullable: true })
  note!: string | null;
}
