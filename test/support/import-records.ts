import { importAbsences, type AbsenceImportOptions } from '../../src/absences/import/import-absences';
import { importAttendances } from '../../src/attendances/import/import-attendances';
import { parseImportMap } from '../../src/importing/import-map';
import type { RecordImportOptions } from '../../src/importing/import-records';
import type { ImportOutcome } from '../../src/importing/import-run';
import { ImportError } from '../../src/tabular/problem';
import { openTable } from '../../src/tabular/table';
import type { ImportSite } from './import';

/** Takes text as a file of absences; its name decides the format as everywhere. */
export function takeAbsences(
  site: ImportSite,
  text: string,
  options: AbsenceImportOptions = { createTypes: true },
  map?: unknown,
): Promise<ImportOutcome> {
  return take(site, text, map, (table, parsed) => importAbsences(site.house, table, parsed, options));
}

export function takeAttendances(
  site: ImportSite,
  text: string,
  options: RecordImportOptions = {},
  map?: unknown,
): Promise<ImportOutcome> {
  return take(site, text, map, (table, parsed) => importAttendances(site.house, table, parsed, options));
}

async function take(
  site: ImportSite,
  text: string,
  map: unknown,
  work: (
    table: Awaited<ReturnType<typeof openTable>>,
    map?: ReturnType<typeof parseImportMap>,
  ) => Promise<ImportOutcome>,
): Promise<ImportOutcome> {
  const parsed = map === undefined ? undefined : parseImportMap(map, 'map.json');
  const name = text.startsWith('[') || text.startsWith('{') ? 'records.json' : 'records.csv';
  const table = await openTable(
    site.file(text, name),
    parsed?.delimiter === undefined ? {} : { delimiter: parsed.delimiter },
  );
  try {
    return await work(table, parsed);
  } finally {
    await table.close();
  }
}

/** The reasons for which an import is refused, each with its line. */
export async function reasonsOf(outcome: Promise<ImportOutcome>): Promise<string[]> {
  const error = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ImportError)) throw new Error('It was not refused as it should be.', { cause: error });
  return error.problems.length === 0
    ? [error.message]
    : error.problems.map(({ line, column, reason }) => `${line} ${column ?? ''}: ${reason}`);
}
