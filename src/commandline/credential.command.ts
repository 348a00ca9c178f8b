import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import type { House } from '../app';
import type { AttributeKey } from '../attributes/attribute';
import { lockGrantable } from '../attributes/attribute.store';
import { systemAttribute } from '../attributes/system-attributes';
import { isOneLine, LONGEST_NAME, type CredentialDraft, type CredentialSummary } from '../credentials/credential';
import { UsageError } from '../errors';
import { MODULES, type Module } from '../permissions/grants';
import { runIn } from '../store/statement';
import type { Transaction } from '../store/store';
import { addConfigurationCommands } from './configuration.command';
import { inHouse, inHouseOrNew } from './in-house';
import { tell, type OutputOptions } from './output';

interface CreateOptions extends OutputOptions {
  readonly name: string;
  readonly read: readonly Module[];
  readonly write: readonly Module[];
  readonly attributes: readonly AttributeKey[];
  readonly expires?: string;
  readonly strict?: boolean;
}

/** Adds `credential create|list|enable|disable|export|apply`. */
export function addCredentialCommand(program: Command): void {
  const credential = program
    .command('credential')
    .alias('credentials')
    .description('Hand out access, and switch it off');
  addCreate(credential);
  credential
    .command('list')
    .description('Every credential, oldest first')
    .option('--json', 'print one JSON object')
    .action(list);
  addSwitch(credential, 'enable', true, 'Let a credential read and write again');
  addSwitch(credential, 'disable', false, 'Stop a credential at once, in every running gateway');
  addConfigurationCommands(credential);
}

function addCreate(credential: Command): void {
  credential
    .command('create')
    .description('Make a credential, and show its secret this once')
    .requiredOption('--name <name>', 'must be unique')
    .option('--read <modules>', `to read: ${MODULES.join(', ').toLowerCase()}`, modulesOf, [])
    .option('--write <modules>', 'to write: the same names', modulesOf, [])
    .option('--attributes <keys>', 'of employees: firstName,custom.shirtSize', listOf, [])
    .option('--expires <moment>', 'a moment such as 2027-01-31T18:00:00Z, or a day, which begins in UTC', momentOf)
    .option('--strict', 'refuse an operation as a whole when it asks for a denied attribute')
    .option('--json', 'print one JSON object')
    .action(create);
}

function addSwitch(credential: Command, verb: string, enabled: boolean, description: string): void {
  credential
    .command(verb)
    .description(description)
    .argument('<name>', 'its name or client id')
    .option('--json', 'print one JSON object')
    .action((name: string, options: OutputOptions) =>
      inHouse(async ({ credentials }) => {
        const changed = await credentials.setEnabled(name, enabled);
        tell(options, shown(changed), `${changed.name} is ${enabled ? 'enabled' : 'disabled'}.`);
      }),
    );
}

function create(options: CreateOptions): Promise<void> {
  return inHouseOrNew(async (house) => {
    const draft = draftOf(options);
    const { credential, secret } = await house.credentials.create(draft, (manager) =>
      assertGrantable(house, manager, options.attributes),
    );
    const { name, clientId, expiresAt } = credential;
    const until = expiresAt === null ? '' : ` until ${expiresAt}`;
    tell(
      options,
      { clientId, clientSecret: secret, expiresAt },
      `${name} may now come in${until}. The secret is shown this once:\n\n  ${clientId}\n  ${secret}`,
    );
  });
}

function list(options: OutputOptions): Promise<void> {
  return inHouse(async ({ credentials }) => {
    const all = await credentials.list();
    const lines = all.map(
      ({ name, clientId, enabled }) => `${clientId}  ${enabled ? 'enabled ' : 'disabled'}  ${name}`,
    );
    tell(options, { credentials: all.map(shown) }, lines.join('\n') || 'There are no credentials yet.');
  });
}

function draftOf({ name, read, write, attributes, expires, strict }: CreateOptions): CredentialDraft {
  if (!name.trim() || name.trim().length > LONGEST_NAME) {
    throw new UsageError(`A credential's name has 1 to ${LONGEST_NAME} characters.`);
  }
  if (!isOneLine(name.trim())) throw new UsageError("A credential's name is one line of text.");
  if (attributes.length > 0 && ![...read, ...write].includes('EMPLOYEES')) {
    throw new UsageError('Attributes are of employees: add --read employees or --write employees.');
  }
  const box = (module: Module) => ({ read: read.includes(module), write: write.includes(module) });
  return {
    name,
    enabled: true,
    expiresAt: expires ?? null,
    denialMode: strict ? 'STRICT' : 'NULL_AND_ERROR',
    grants: {
      modules: { EMPLOYEES: box('EMPLOYEES'), ABSENCES: box('ABSENCES'), ATTENDANCES: box('ATTENDANCES') },
      attributes: {
        read: new Set(read.includes('EMPLOYEES') ? attributes : []),
        write: new Set(write.includes('EMPLOYEES') ? attributes.filter(isWritable) : []),
      },
    },
  };
}

function isWritable(key: AttributeKey): boolean {
  return systemAttribute(key)?.readOnly !== true;
}

async function assertGrantable({ store }: House, manager: Transaction, keys: readonly AttributeKey[]): Promise<void> {
  const grantable = await lockGrantable(runIn(manager, store.dialect), store.dialect, keys);
  const unknown = keys.filter((key) => !grantable.has(key));
  if (unknown.length > 0) throw new UsageError(`There is no attribute ${unknown.join(', ')}.`);
}

function shown({ name, clientId, enabled, expiresAt, createdAt }: CredentialSummary): object {
  return { name, clientId, enabled, expiresAt, createdAt };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function modulesOf(text: string): Module[] {
  return listOf(text).map((name) => {
    const module = MODULES.find((known) => known === name.toUpperCase());
    if (!module)
      throw new InvalidArgumentError(`There is no module ${name}. There are ${MODULES.join(', ').toLowerCase()}.`);
    return module;
  });
}

// `Date` reads far more, and guesses: 05/01/2027, 30 February, times of whatever zone this machine is in.
const EXPIRY = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

function momentOf(text: string): string {
  if (!EXPIRY.safeParse(text).success)
    throw new InvalidArgumentError(
      'This is neither a day such as 2027-01-31 nor a moment such as 2027-01-31T18:00:00Z.',
    );
  const moment = new Date(text);
  if (moment.getTime() <= Date.now()) throw new InvalidArgumentError('This is in the past.');
  return moment.toISOString();
}
