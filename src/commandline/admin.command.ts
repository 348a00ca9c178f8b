import { Option, type Command } from 'commander';
import { ADMIN_ROLES, type Admin, type AdminRole } from '../admins/admin';
import { UsageError } from '../errors';
import type { Outcome } from '../operations/user-error';
import { inHouse, inHouseOrNew } from './in-house';
import { tell, type OutputOptions } from './output';
import { readPassword } from './read-password';

interface CreateOptions extends OutputOptions {
  readonly email: string;
  readonly name?: string;
  readonly role: AdminRole;
}

/** Adds `admin create|list|reset-password|enable|disable`. */
export function addAdminCommand(program: Command): void {
  const admin = program.command('admin').description('The people who manage credentials');
  admin
    .command('create')
    .description('Add an admin. The password is asked for, or read from standard input')
    .requiredOption('--email <email>', 'to sign in with')
    .option('--name <name>', 'the email when left out')
    .addOption(new Option('--role <role>', 'what the admin may do').choices(ADMIN_ROLES).default('OWNER'))
    .option('--json', 'print one JSON object')
    .action(create);
  admin
    .command('list')
    .description('Every admin, the oldest first')
    .option('--json', 'print one JSON object')
    .action(list);
  admin
    .command('reset-password')
    .description('Give an admin another password, end all sessions, and let sign-ins start anew')
    .argument('<email>', 'of the admin')
    .option('--json', 'print one JSON object')
    .action(resetPassword);
  addSwitch(admin, 'enable', true, 'Let an admin sign in again');
  addSwitch(admin, 'disable', false, 'Keep an admin from signing in, and end the sessions at once');
}

function addSwitch(admin: Command, verb: string, enabled: boolean, description: string): void {
  admin
    .command(verb)
    .description(description)
    .argument('<email>', 'of the admin')
    .option('--json', 'print one JSON object')
    .action((email: string, options: OutputOptions) =>
      inHouse(async ({ adminManagement }) => {
        const changed = required(await adminManagement.setEnabled(email, enabled));
        tell(options, shown(changed), `${changed.email} is ${enabled ? 'enabled' : 'disabled'}.`);
      }),
    );
}

async function create(options: CreateOptions): Promise<void> {
  const { email, name = email, role } = options;
  const password = await readPassword();
  await inHouseOrNew(async ({ adminManagement }) => {
    const admin = required(await adminManagement.create({ email, name, role }, password));
    tell(options, shown(admin), `${admin.email} may now sign in as ${admin.role}.`);
  });
}

async function resetPassword(email: string, options: OutputOptions): Promise<void> {
  const password = await readPassword();
  await inHouse(async ({ adminManagement }) => {
    const admin = required(await adminManagement.resetPassword(email, password));
    tell(options, shown(admin), `${admin.email} has another password, and is signed out everywhere.`);
  });
}

function list(options: OutputOptions): Promise<void> {
  return inHouse(async ({ admins }) => {
    const all = await admins.list();
    const lines = all.map(
      ({ email, role, enabled }) => `${enabled ? 'enabled ' : 'disabled'}  ${role.padEnd(7)}  ${email}`,
    );
    tell(options, { admins: all.map(shown) }, lines.join('\n') || 'There are no admins yet.');
  });
}

function required<Value>({ value, userErrors }: Outcome<Value>): Value {
  if (value !== null) return value;
  throw new UsageError(userErrors.map(({ message }) => message).join('\n'), { userErrors });
}

function shown({ email, name, role, enabled, createdAt, lastSignInAt }: Admin): object {
  return { email, name, role, enabled, createdAt, lastSignInAt };
}
