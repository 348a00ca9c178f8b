import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import { isUniqueViolation } from '../store/statement';
import type { Store } from '../store/store';
import type { AdminRole } from './admin';
import { AdminEntity } from './admin.entity';
import { hashPassword } from './password';

/** What a new admin is made of. */
export interface AdminDraft {
  readonly email: string;
  readonly name: string;
  readonly role: AdminRole;
  readonly password: string;
}

/** An admin as others see one. */
export interface Admin {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: AdminRole;
}

/** Keeps the people who manage credentials. */
export class AdminStore {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** @throws GatewayError CONFLICT when the email is taken, BAD_USER_INPUT when it or the password cannot be used */
  async create({ email, name, role, password }: AdminDraft): Promise<Admin> {
    if (!EMAIL.test(email.trim())) {
      throw new GatewayError('BAD_USER_INPUT', 'This is no email address.', { field: 'email' });
    }
    const admin = { id: randomUUID(), email: email.trim(), name: name.trim(), role };
    const passwordHash = await hashPassword(password);
    await this.store.write((manager) =>
      manager
        .insert(AdminEntity, {
          ...admin,
          emailKey: emailKey(email),
          passwordHash,
          enabled: true,
          createdAt: this.clock.now(),
        })
        .catch(refuseTakenEmail),
    );
    return admin;
  }
}

/** Enough to notice a slip of the hand; only a mail that arrives would prove more. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

function refuseTakenEmail(cause: unknown): never {
  if (!isUniqueViolation(cause)) throw cause;
  throw new GatewayError('CONFLICT', 'Another admin has this email.', { field: 'email' }, { cause });
}
