import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DenialMode, Module } from '../permissions/grants';

/** One integration's access. Its secrets live in a table of their own. */
@Entity('credential')
export class CredentialEntity {
  /** Random (UUID), never used again. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  /** `fgci_…`, public, never used again. */
  @Index('credential_client_id', { unique: true })
  @Column({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ type: 'text' })
  name!: string;

  /** The name without regard to case and outer blanks; what must be unique. */
  @Index('credential_name_key', { unique: true })
  @Column({ name: 'name_key', type: 'text' })
  nameKey!: string;

  @Column({ type: 'boolean' })
  enabled!: boolean;

  @Column({ name: 'expires_at', type: 'text', nullable: true })
  expiresAt!: string | null;

  @Column({ name: 'denial_mode', type: 'text' })
  denialMode!: DenialMode;

  /** Grows with every change of what the credential may do; a data statement made for another version returns nothing. */
  @Column({ name: 'permission_version', type: 'integer' })
  permissionVersion!: number;

  /** Tokens issued in an earlier epoch are dead: one number ends all of them. */
  @Column({ name: 'token_epoch', type: 'integer', default: 1 })
  tokenEpoch!: number;

  /** Grows with every change; an editor sends along the one it saw. */
  @Column({ type: 'integer' })
  version!: number;

  @Index('credential_created_at')
  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  @Column({ name: 'updated_at', type: 'text' })
  updatedAt!: string;
}

/** A module box of a credential. */
@Entity('credential_module')
export class CredentialModuleEntity {
  @ForeignKey(() => CredentialEntity, { onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @PrimaryColumn({ type: 'text' })
  module!: Module;

  @Column({ name: 'can_read', type: 'boolean' })
  canRead!: boolean;

  @Column({ name: 'can_write', type: 'boolean' })
  canWrite!: boolean;
}

/** An attribute on a credential's list. */
@Entity('credential_attribute')
export class CredentialAttributeEntity {
  @ForeignKey(() => CredentialEntity, { onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @Index('credential_attribute_key')
  @PrimaryColumn({ name: 'attribute_key', type: 'text' })
  attributeKey!: string;

  @Column({ name: 'can_read', type: 'boolean' })
  canRead!: boolean;

  @Column({ name: 'can_write', type: 'boolean' })
  canWrite!: boolean;
}
