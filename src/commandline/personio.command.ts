import type { Command } from 'commander';
import { openHouse } from '../app';
import { readConfig } from '../config';
import { UsageError } from '../errors';
import type { OnProgress } from '../importing/import-run';
import { PersonioApi, type PersonioAccess } from '../personio/personio-api';
import { importPersonio, type PersonioImportOptions, type PersonioOutcome } from '../personio/import-personio';
import { readPersonioFile } from '../personio/personio-file';
import { timeZoneIn } from './import.command';
import { importText, resultOf } from './import-outcome';
import { tell, type OutputOptions } from './output';
import { withProgress } from './progress';
import { readSecret, type SecretOptions } from './read-secret';

interface PersonioCommandOptions extends OutputOptions, SecretOptions, Omit<PersonioImportOptions, 'timeZone'> {
  readonly file?: readonly string[];
  readonly apiUrl: string;
  readonly clientId?: string;
  readonly absences?: boolean;
  readonly attendances?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly timeZone?: string;
}

const PUBLISHED_ADDRESS = 'https://api.personio.de/v1';

/** Adds `import personio`. */
export function addPersonioCommand(parent: Command): void {
  parent
    .command('personio')
    .description('Take people, absences and attendances from Personio: all of it, or nothing; see docs/personio.md')
    .option('--file <files...>', 'saved answers of the API, instead of calling it')
    .option('--api-url <address>', 'where the API is', PUBLISHED_ADDRESS)
    .option('--client-id <id>', 'of the API credential')
    .option('--secret-file <file>', 'a file whose first line is the secret of the API credential')
    .option('--secret-env <name>', 'the name of the environment variable that has the secret')
    .option('--secret-stdin', 'read the secret from standard input')
    .option('--absences', 'fetch absences as well')
    .option('--attendances', 'fetch attendances as well; needs --from, --to and --time-zone')
    .option('--from <day>', 'the first day of absences and attendances, such as 2026-01-01')
    .option('--to <day>', 'their last day')
    .option('--time-zone <name>', 'of the times of attendances, such as Europe/Berlin')
    .option('--currency <code>', 'of amounts that tell none, such as EUR')
    .option('--create-types', 'create the types of absence that nobody knows')
    .option('--no-custom', 'leave out attributes that the company made itself')
    .option('--leave-out <names...>', 'attributes that are not wanted, by Personio’s names')
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--skip-bad', 'take the good rows where there are bad ones, and tell the bad ones')
    .option('--json', 'print one JSON object')
    .action(async (options: PersonioCommandOptions) => {
      const outcome = await run(options);
      tell(options, jsonOf(outcome), textOf(outcome));
    });
}

async function run(options: PersonioCommandOptions): Promise<PersonioOutcome> {
  const { timeZone, ...rest } = options;
  const importing = { ...rest, ...timeZoneIn(timeZone) };
  const config = readConfig();
  const pages = await source(options);
  const house = await openHouse(config);
  try {
    return await withProgress('Fetching and importing', (update) =>
      importPersonio(
        house,
        pages((share) => update(share / 2)),
        importing,
        (share) => update((1 + share) / 2),
      ),
    );
  } finally {
    await house.close();
  }
}

type Pages = (onShare: OnProgress) => AsyncIterable<readonly unknown[]>;

async function source(options: PersonioCommandOptions): Promise<Pages> {
  if (options.file) {
    const { file: files } = options;
    if (options.clientId !== undefined) throw new UsageError('Give --file or --client-id, not both.');
    return async function* read() {
      for (const file of files) yield await readPersonioFile(file);
    };
  }
  const access = await accessOf(options);
  const lists = listsOf(options);
  return async function* fetched(onShare) {
    const api = new PersonioApi(access);
    for (const [at, { path, query, paging }] of lists.entries()) {
      yield* api.pages(path, query, paging, (share) => onShare((at + share) / lists.length));
    }
  };
}

async function accessOf(options: PersonioCommandOptions): Promise<PersonioAccess> {
  const { clientId, apiUrl } = options;
  if (!clientId) throw new UsageError('Give --file, or --client-id and a secret.');
  return { baseUrl: readAddress(apiUrl), clientId, secret: await readSecret(options) };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @throws UsageError when a secret could be read on its way there */
function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!url || !isSafe) throw new UsageError('--api-url must begin with https://, or with http:// on this machine.');
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError('--api-url is an address and nothing else: no user, no query.');
  }
  return url.href.replace(/\/+$/, '');
}

interface List {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly paging: 'records' | 'pages';
}

function listsOf({ absences, attendances, from, to, timeZone }: PersonioCommandOptions): readonly List[] {
  const days = { ...dayIn('start_date', '--from', from), ...dayIn('end_date', '--to', to) };
  if (attendances && (!from || !to || timeZone === undefined)) {
    throw new UsageError('--attendances needs --from, --to and --time-zone.');
  }
  return [
    { path: 'company/employees', query: {}, paging: 'records' },
    // Of this list alone, the offset counts pages, from 1.
    ...(absences ? [{ path: 'company/time-offs', query: days, paging: 'pages' as const }] : []),
    ...(attendances ? [{ path: 'company/attendances', query: days, paging: 'records' as const }] : []),
  ];
}

function dayIn(name: string, option: string, day: string | undefined): Record<string, string> {
  if (day === undefined) return {};
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new UsageError(`${option} is a day such as 2026-01-31.`);
  return { [name]: day };
}

function jsonOf({ employees, absences, attendances, ...rest }: PersonioOutcome): object {
  return {
    ...(employees ? { employees: resultOf(employees) } : {}),
    ...(absences ? { absences: resultOf(absences) } : {}),
    ...(attendances ? { attendances: resultOf(attendances) } : {}),
    ...rest,
  };
}

function textOf({ employees, absences, attendances, leftOut }: PersonioOutcome): string {
  const lines = [
    ...(employees ? [`Employees. ${importText(employees)}`] : []),
    ...(absences ? [`Absences. ${importText(absences)}`] : []),
    ...(attendances ? [`Attendances. ${importText(attendances)}`] : []),
    ...(leftOut.length > 0 ? ['Left out:'] : []),
    ...leftOut.map(({ key, label, reason }) => `  ${key}${label === null ? '' : ` (${label})`}: ${reason}`),
  ];
  return lines.join('\n');
}
