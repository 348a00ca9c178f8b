import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AdminEntity } from '../admins/admin.entity';

/** A signed-in browser of an admin. */
@Entity('admin_session')
export class SessionEntity {
  /** Random (UUID), never used again. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Index('admin_session_admin')
  @ForeignKey(() => AdminEntity, { onDelete: 'CASCADE' })
  @Column({ name: 'admin_id', type: 'text' })
  adminId!: string;

  /** HMAC-SHA-256 of the cookie's value under a pepper, base64url. */
  @Index('admin_session_mac', { unique: true })
  @Column({ type: 'text' })
  mac!: string;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  @Column({ name: 'last_seen_at', type: 'text' })
  lastSeenAt!: string;

  /** The end that no use puts off. */
  @Column({ name: 'expires_at', type: 'text' })
  expiresAt!: string;

  /** When the password was last shown. */
  @Column({ name: 'authenticated_at', type: 'text' })
  authenticatedAt!: string;

  @Column({ name: 'user_agent', type: 'text', nullable: true })
  userAgent!: string | null;
}
