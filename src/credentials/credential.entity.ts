import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DenialMode, Module } from '../permissions/grants';

/** One integration's access. Its secrets live in a table of their own. */
// Of the migrations: a collation is nothing that an entity can describe.
@Index('credential_name_order', { synchronize: false })
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

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  /** Whom to ask about it: an address, a team, a ticket queue. */
  @Column({ name: 'owner_contact', type: 'text', nullable: true })
  ownerContact!: string | null;

  /** Why the data is needed, as data protection asks. */
  @Column({ type: 'text', nullable: true })
  purpose!: string | null;

  /** An entry of the directory. Informative: no foreign key, because the entries that ship are no rows. */
  @Index('credential_integration')
  @Column({ name: 'integration_id', type: 'text', nullable: true })
  integrationId!: string | null;

  @Column({ type: 'boolean' })
  enabled!: boolean;

  @Column({ name: 'expires_at', type: 'text', nullable: true })
  expiresAt!: string | null;

  @Column({ name: 'denial_mode', type: 'text' })
  denialMode!: DenialMode;

  /** Whether the lists of what may be read and written are told apart. How they are edited; it grants nothing. */
  @Column({ name: 'separate_directions', type: 'boolean', default: false })
  separateDirections!: boolean;

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

  /** To the day or better; written in batches, never in a request's way. */
  @Index('credential_last_used_at')
  @Column({ name: 'last_used_at', type: 'text', nullable: true })
  lastUsedAt!: string | null;
}

/** Which fields a version changed, so that an editor who comes too late learns what happened meanwhile. */
@Entity('credential_revision')
export class CredentialRevisionEntity {
  @ForeignKey(() => CredentialEntity, { onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  @PrimaryColumn({ type: 'integer' })
  version!: number;

  /** JSON array of field names. */
  @Column({ type: 'text' })
  fields!: string;
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
