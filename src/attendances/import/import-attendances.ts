import type { ImportMap } from '../../importing/import-map';
import { checkRecordImport, type RecordImportOptions } from '../../importing/import-records';
import {
  keptOrNot,
  type CheckedImport,
  type ImportGround,
  type ImportOutcome,
  type OnProgress,
} from '../../importing/import-run';
import type { Table } from '../../tabular/table';
import { ATTENDANCE_KIND } from './attendance-kind';

/**
 * Takes the attendances of a file into the store: all of them in one transaction, or none.
 *
 * @param map absent when the columns are called as the fields are
 * @throws ImportError when the file or the map cannot be taken
 * @see docs/importing.md
 */
export async function importAttendances(
  ground: ImportGround,
  table: Table,
  map: ImportMap | undefined,
  options: RecordImportOptions = {},
  onProgress: OnProgress = () => undefined,
): Promise<ImportOutcome> {
  const checked = await checkAttendances(ground, table, map, options, onProgress);
  return keptOrNot(ground, options.dryRun === true, (manager) => checked.take(manager));
}

/** The first reading of a file of attendances, which needs no transaction. */
export function checkAttendances(
  ground: ImportGround,
  table: Table,
  map: ImportMap | undefined,
  options: RecordImportOptions,
  onProgress: OnProgress,
): Promise<CheckedImport> {
  return checkRecordImport(ground, ATTENDANCE_KIND, table, map, options, onProgress);
}
