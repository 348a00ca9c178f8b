import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AdminRole } from './admin';

/** A person who manages credentials. */
@Entity('admin')
export class AdminEntity {
  /** Random (UUID), never used again. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  email!: string;

  /** The email without regard to case and outer blanks; what must be unique. */
  @Index('admin_email_key', { unique: true })
  @Column({ name: 'email_key', type: 'text' })
  emailKey!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  role!: AdminRole;

  /** argon2id in PHC string format; empty while an invited admin has chosen no password. */
  @Column({ name: 'password_hash', type: 'text' })
  passwordHash!: string;

  @Column({ type: 'boolean' })
  enabled!: boolean;

  @Column({ name: 'created_at', type: 'text' })
  createdAt!: string;

  @Column({ name: 'last_sign_in_at', type: 'text', nullable: true })
  lastSignInAt!: string | null;
}
