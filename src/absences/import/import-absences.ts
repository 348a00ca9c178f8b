import { checkRecordImport, type RecordImportOptions } from '../../importing/import-records';
import {
  keptOrNot,
  type CheckedImport,
  type ImportGround,
  type ImportOutcome,
  type OnProgress,
} from '../../importing/import-run';
import type { ImportMap } from '../../importing/import-map';
import type { Table } from '../../tabular/table';
import { AbsenceKind } from './absence-kind';

export interface AbsenceImportOptions extends RecordImportOptions {
  /** Creates the types of absence that are missing. */
  readonly createTypes?: boolean;
}

/**
 * Takes the absences of a file into the store: all of them in one transaction, or none.
 *
 * @param map absent when the columns are called as the fields are
 * @throws ImportError when the file or the map cannot be taken
 * @see docs/importing.md
 */
export async function importAbsences(
  ground: ImportGround,
  table: Table,
  map: ImportMap | undefined,
  options: AbsenceImportOptions = {},
  onProgress: OnProgress = () => undefined,
): Promise<ImportOutcome> {
  const checked = await checkAbsences(ground, table, map, options, onProgress);
  return keptOrNot(ground, options.dryRun === true, (manager) => checked.take(manager));
}

/** The first reading of a file of absences, which needs no transaction. */
export function checkAbsences(
  ground: ImportGround,
  table: Table,
  map: ImportMap | undefined,
  options: AbsenceImportOptions,
  onProgress: OnProgress,
): Promise<CheckedImport> {
  return checkRecordImport(ground, new AbsenceKind(options.createTypes === true), table, map, options, onProgress);
}
