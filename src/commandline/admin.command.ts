import { Option, type Command } from 'commander';
import { ADMIN_ROLES, type AdminRole } from '../admins/admin';
import { openHouse } from '../app';
import { readConfig } from '../config';
import { tell, type OutputOptions } from './output';
import { readPassword } from './read-password';

interface CreateOptions extends OutputOptions {
  readonly email: string;
  readonly name?: string;
  readonly role: AdminRole;
}

/** Adds `admin create`. */
export function addAdminCommand(program: Command): void {
  program
    .command('admin')
    .description('The people who manage credentials')
    .command('create')
    .description('Add an admin. The password is asked for, or read from standard input')
    .requiredOption('--email <email>', 'to sign in with')
    .option('--name <name>', 'the email when left out')
    .addOption(new Option('--role <role>', 'what the admin may do').choices(ADMIN_ROLES).default('OWNER'))
    .option('--json', 'print one JSON object')
    .action(create);
}

async function create(options: CreateOptions): Promise<void> {
  const { email, name = email, role } = options;
  const password = await readPassword();
  const house = await openHouse(readConfig());
  try {
    const admin = await house.admins.create({ email, name, role, password });
    tell(options, admin, `${admin.email} may now sign in as ${admin.role}.`);
  } finally {
    await house.close();
  }
}
