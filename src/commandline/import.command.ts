import type { Command } from 'commander';
import { importAbsences } from '../absences/import/import-absences';
import { openHouse, type House } from '../app';
import { importAttendances } from '../attendances/import/import-attendances';
import { readConfig } from '../config';
import { importEmployees } from '../employees/import/import-employees';
import { UsageError } from '../errors';
import { readImportMap, type ImportMap } from '../importing/import-map';
import type { ImportOutcome, OnProgress } from '../importing/import-run';
import { readTimeZone } from '../importing/moment';
import { openTable, type Table } from '../tabular/table';
import { importText, resultOf } from './import-outcome';
import { tell, type OutputOptions } from './output';
import { withProgress } from './progress';

interface ImportCommandOptions extends OutputOptions {
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
  readonly createTypes?: boolean;
  readonly timeZone?: string;
}

/** @param map absent when the columns are called as what they feed */
type Take = (
  house: House,
  table: Table,
  map: ImportMap | undefined,
  options: ImportCommandOptions,
  onProgress: OnProgress,
) => Promise<ImportOutcome>;

/**
 * Adds `import employees FILE`, `import absences FILE` and `import attendances FILE`.
 *
 * @returns the command, for further sources
 */
export function addImportCommand(program: Command): Command {
  const command = program.command('import').description('Take data from files, or from another system');
  addFileImport(
    command,
    'employees',
    'Take people from a CSV, JSON or NDJSON file: all of them, or nobody',
    importEmployees,
  );
  addFileImport(
    command,
    'absences',
    'Take absences from a CSV, JSON or NDJSON file: all of them, or none',
    importAbsences,
  ).option('--create-types', 'create the types of absence that the file names and nobody knows');
  addFileImport(
    command,
    'attendances',
    'Take attendances from a CSV, JSON or NDJSON file: all of them, or none',
    takeAttendances,
  ).option('--time-zone <name>', 'of moments that tell no offset from UTC, such as Europe/Berlin');
  return command;
}

function addFileImport(parent: Command, name: string, description: string, take: Take): Command {
  return parent
    .command(name)
    .description(description)
    .argument('<file>', 'UTF-8 text')
    .option('--map <file>', 'says which column is what; see docs/importing.md')
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--skip-bad', 'take the good rows of a file that has bad ones, and tell the bad ones')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: ImportCommandOptions) => {
      const outcome = await runImport(file, options, take);
      tell(options, resultOf(outcome), importText(outcome));
    });
}

async function runImport(file: string, options: ImportCommandOptions, take: Take): Promise<ImportOutcome> {
  const config = readConfig();
  const map = options.map === undefined ? undefined : await readImportMap(options.map);
  const table = await openTable(file, map?.delimiter === undefined ? {} : { delimiter: map.delimiter });
  try {
    const house = await openHouse(config);
    return await withProgress('Importing', (update) => take(house, table, map, options, update)).finally(() =>
      house.close(),
    );
  } finally {
    await table.close();
  }
}

const takeAttendances: Take = (house, table, map, { timeZone, ...options }, onProgress) =>
  importAttendances(house, table, map, { ...options, ...timeZoneIn(timeZone) }, onProgress);

/** @throws UsageError when there is no such time zone */
export function timeZoneIn(name: string | undefined): { readonly timeZone?: string } {
  if (name === undefined) return {};
  const timeZone = readTimeZone(name);
  if (timeZone === undefined) throw new UsageError(`There is no time zone ${JSON.stringify(name.slice(0, 60))}.`);
  return { timeZone };
}
