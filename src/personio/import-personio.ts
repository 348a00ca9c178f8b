import { checkAbsences } from '../absences/import/import-absences';
import { checkAttendances } from '../attendances/import/import-attendances';
import type { AuditDraft } from '../audit/audit-event';
import { checkEmployees, type ImportParts } from '../employees/import/import-employees';
import {
  keptOrNot,
  type CheckedImport,
  type ImportOptions,
  type ImportOutcome,
  type OnProgress,
} from '../importing/import-run';
import { ImportError } from '../tabular/problem';
import type { Table } from '../tabular/table';
import { EmployeeRows, type EmployeeRowOptions, type LeftOut } from './employee-rows';
import { PersonioRows } from './personio-rows';
import { ABSENCE_MAP, ATTENDANCE_MAP } from './record-rows';

export interface PersonioImportOptions extends ImportOptions, EmployeeRowOptions {
  /** Creates the types of absence that are missing. */
  readonly createTypes?: boolean;
  /** Of attendances, whose times are told without an offset. */
  readonly timeZone?: string;
}

export interface PersonioOutcome {
  /** Absent when there were none to take. */
  readonly employees?: ImportOutcome;
  readonly absences?: ImportOutcome;
  readonly attendances?: ImportOutcome;
  /** Everything that was told and is not taken, with the reason. */
  readonly leftOut: readonly LeftOut[];
  readonly dryRun: boolean;
}

/**
 * Takes what Personio tells into the store, all of it in one transaction, or nothing. People are recognised by Personio's
 * id, which becomes their personnel number.
 *
 * @param pages items in Personio's shape: people, absences and attendances, in any order
 * @throws ImportError when it cannot be taken
 * @see docs/personio.md
 */
export async function importPersonio(
  parts: ImportParts,
  pages: AsyncIterable<readonly unknown[]>,
  options: PersonioImportOptions,
  onProgress: OnProgress = () => undefined,
): Promise<PersonioOutcome> {
  const rows = await PersonioRows.open(new EmployeeRows(options, await parts.attributes.custom()));
  const tables: Table[] = [];
  try {
    for await (const page of pages) await rows.addPage(page);
    const imports = await checkAll(parts, rows, options, tables, onProgress);
    if (imports.length === 0) throw new ImportError('Personio tells nobody and nothing to take.');
    const taken = await keptOrNot(parts, options.dryRun === true, async (manager) => {
      const outcome: [Part, ImportOutcome][] = [];
      const events: AuditDraft[] = [];
      for (const [part, checked] of imports) {
        const one = await checked.take(manager);
        outcome.push([part, one.outcome]);
        events.push(...one.events);
      }
      return { outcome, events };
    });
    return { ...Object.fromEntries(taken), leftOut: rows.leftOut, dryRun: options.dryRun === true };
  } finally {
    for (const table of tables) await table.close();
    await rows.close();
  }
}

type Part = 'employees' | 'absences' | 'attendances';

// People first, because the others are theirs.
async function checkAll(
  parts: ImportParts,
  rows: PersonioRows,
  options: PersonioImportOptions,
  tables: Table[],
  onProgress: OnProgress,
): Promise<(readonly [Part, CheckedImport])[]> {
  const { employees, absences, attendances } = rows;
  const kinds = [employees, absences, attendances].filter(({ count }) => count > 0).length;
  const share = shares(kinds, onProgress);
  const imports: (readonly [Part, CheckedImport])[] = [];
  const open = async (spool: typeof employees, name: string): Promise<Table> => {
    const table = await spool.table(name);
    tables.push(table);
    return table;
  };
  if (employees.count > 0) {
    const table = await open(employees, 'Personio’s employees');
    const checked = await checkEmployees(parts, table, rows.employeeMap, options, share(0));
    imports.push(['employees', checked]);
  }
  if (absences.count > 0) {
    const table = await open(absences, 'Personio’s absences');
    const checked = await checkAbsences(parts, table, ABSENCE_MAP, options, share(1));
    imports.push(['absences', checked]);
  }
  if (attendances.count > 0) {
    const table = await open(attendances, 'Personio’s attendances');
    const checked = await checkAttendances(parts, table, ATTENDANCE_MAP, options, share(2));
    imports.push(['attendances', checked]);
  }
  return imports;
}

/** @returns what tells the progress of each part, joined to one */
function shares(count: number, onProgress: OnProgress): (part: number) => OnProgress {
  const done = [0, 0, 0];
  return (part) => (share) => {
    done[part] = share;
    onProgress(done.reduce((sum, each) => sum + each, 0) / count);
  };
}
