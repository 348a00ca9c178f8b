import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { House } from '../app';
import { UsageError } from '../errors';
import type { Erased } from '../protection/erasure';
import { ACCESS_NOTE, type PersonAccess } from '../protection/person-access.store';
import { processingCsv } from '../protection/processing-record';
import { readRowId } from '../store/row-id';
import { inHouse } from './in-house';
import { tell, type OutputOptions } from './output';

interface PersonOptions extends OutputOptions {
  readonly personnelNumber?: string;
  readonly yes?: boolean;
}

/** Adds `processing-record`, `person-access` and `erase-person`. */
export function addProtectionCommands(program: Command): void {
  program
    .command('processing-record')
    .description('Who gets which data and why, and when it was last used, for a record of processing activities')
    .argument('[file]', 'where to; left out or -: standard output', '-')
    .option('--csv', 'a line for each attribute of each credential (the default)')
    .option('--json', 'print one JSON object instead')
    .action((file: string, options: OutputOptions) => inHouse((house) => writeRecord(house, file, options)));
  ofPerson(
    program.command('person-access'),
    'Which credentials read attributes of people while a person was in the store',
  ).action((id: string | undefined, options: PersonOptions) => inHouse((house) => tellAccess(house, id, options)));
  ofPerson(program.command('erase-person'), 'Delete a person for good, with everything that is about them')
    .option('--yes', 'do it; without it, nothing happens')
    .action((id: string | undefined, options: PersonOptions) => inHouse((house) => erase(house, id, options)));
}

function ofPerson(command: Command, description: string): Command {
  return command
    .description(description)
    .argument('[id]', 'the id of the person in the gateway')
    .option('--personnel-number <number>', 'names the person instead of the id')
    .option('--json', 'print one JSON object');
}

async function writeRecord({ processingRecord }: House, file: string, options: OutputOptions): Promise<void> {
  const entries = await processingRecord.all();
  const text = options.json ? `${JSON.stringify({ entries })}\n` : processingCsv(entries);
  if (file === '-') return void process.stdout.write(text);
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (cause) {
    throw new UsageError(`${file} cannot be written.`, {}, { cause });
  }
  process.stdout.write(`${entries.length} credentials written to ${file}.\n`);
}

async function tellAccess(house: House, given: string | undefined, options: PersonOptions): Promise<void> {
  const employeeId = await idOf(house, given, options);
  const access = await house.personAccess.accessTo(employeeId);
  if (!access) throw nobody();
  tell(options, { employeeId, note: ACCESS_NOTE, ...access }, accessText(employeeId, access));
}

function accessText(employeeId: number, { from, to, accesses, isCut }: PersonAccess): string {
  const lines = accesses.map(({ credentialName, credentialId, attribute, days }) => {
    const count = days.length === 1 ? '1 day' : `${days.length} days`;
    return `  ${credentialName ?? `deleted credential ${credentialId}`}: ${attribute}, ${count}, ${days[0] ?? ''} to ${days.at(-1) ?? ''}`;
  });
  return [
    ACCESS_NOTE,
    `The person with id ${employeeId}, from ${from} to ${to}:`,
    ...(lines.length > 0 ? lines : ['  Nothing was read.']),
    ...(isCut ? ['  … and more.'] : []),
  ].join('\n');
}

async function erase(house: House, given: string | undefined, options: PersonOptions): Promise<void> {
  const id = await idOf(house, given, options);
  if (!options.yes) throw new UsageError(`Nothing was erased: add --yes to delete the person with id ${id} for good.`);
  const erased = await house.erasure.byCommand(id);
  if (!erased) throw nobody();
  tell(options, erased, erasedText(erased));
}

function erasedText({ employeeId, absences, attendances, supervised }: Erased): string {
  return `The person with id ${employeeId} is erased, with ${absences} absences and ${attendances} attendances; ${supervised} people have no supervisor now. Backups and log files keep what they had.`;
}

async function idOf({ erasure }: House, given: string | undefined, options: PersonOptions): Promise<number> {
  if ((given === undefined) === (options.personnelNumber === undefined)) {
    throw new UsageError('Name the person by the id, or by --personnel-number.');
  }
  const id =
    options.personnelNumber === undefined ? readRowId(given ?? '') : await erasure.find(options.personnelNumber);
  if (id === undefined) throw nobody();
  return id;
}

function nobody(): UsageError {
  return new UsageError('Nobody has this id or personnel number.');
}
