import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AdminEntity } from '../admins/admin.entity';

/** The account at an identity provider with which an admin signs in. */
@Entity('admin_identity')
export class IdentityEntity {
  @PrimaryColumn({ type: 'text' })
  issuer!: string;

  /** What the provider promises never to give to anybody else; an email may be. */
  @PrimaryColumn({ type: 'text' })
  subject!: string;

  @Index('admin_identity_admin', { unique: true })
  @ForeignKey(() => AdminEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'admin_id', type: 'text' })
  adminId!: string;

  @Column({ name: 'linked_at', type: 'text' })
  linkedAt!: string;
}
