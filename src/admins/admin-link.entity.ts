import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AdminEntity } from './admin.entity';

export type AdminLinkKind = 'SETUP' | 'INVITATION';

/** A link that works once: it makes the first admin, or lets one choose a password. */
@Entity('admin_link')
export class AdminLinkEntity {
  /** HMAC-SHA-256 of the token in the link, base64url. */
  @PrimaryColumn({ type: 'text' })
  mac!: string;

  @Column({ type: 'text' })
  kind!: AdminLinkKind;

  @Index('admin_link_admin')
  @ForeignKey(() => AdminEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'admin_id', type: 'text', nullable: true })
  adminId!: string | null;

  @Column({ name: 'expires_at', type: 'text' })
  expiresAt!: string;
}
