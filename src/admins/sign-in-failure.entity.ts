import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Failed sign-ins under one email, whether or not an admin has it: otherwise the slowing-down would tell. */
@Entity('sign_in_failure')
export class SignInFailureEntity {
  /** HMAC of the email, so that the table lists nobody. */
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'integer' })
  count!: number;

  @Column({ name: 'blocked_until', type: 'text' })
  blockedUntil!: string;
}
