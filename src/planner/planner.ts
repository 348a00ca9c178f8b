import { GraphQLError, OperationTypeNode } from 'graphql';
import { absenceQuery } from '../absences/absence.store';
import { attendanceQuery } from '../attendances/attendance.store';
import { GatewayError } from '../errors';
import type { Cursors } from '../pagination/cursor';
import type { CredentialCaller } from '../permissions/caller';
import type { JudgedOperation } from '../permissions/gate';
import type { Dialect } from '../store/store';
import { ABSENCE_FIELDS, ABSENCE_TYPE_FIELDS } from './absence-fields';
import { ATTENDANCE_FIELDS } from './attendance-fields';
import { CHANGE_FIELDS, changesRoot } from './change-root';
import { CursorMarks } from './cursor-marks';
import { EMPLOYEE_FIELDS, SHARE_FIELDS, UNIT_FIELDS } from './employee-fields';
import { employeeRoot, employeesRoot } from './employee-roots';
import { OperationPlan } from './operation-plan';
import { Planning, type FieldTable } from './planning';
import { absenceTypesRoot, recordsRoot } from './record-roots';
import type { RootPlan } from './root';
import { statisticsRoot } from './statistics-root';
import { Unplanned } from './unplanned';

export interface PlannerParts {
  readonly dialect: Dialect;
  readonly cursors: Cursors;
  /** People that a group of a statistic needs to be shown. */
  readonly smallestGroup: number;
}

/** How the fields of each type are written; Money, pages and the like are written where they stand. */
const TABLES: Readonly<Record<string, FieldTable>> = {
  Employee: EMPLOYEE_FIELDS,
  Department: UNIT_FIELDS,
  Team: UNIT_FIELDS,
  Office: UNIT_FIELDS,
  Subcompany: UNIT_FIELDS,
  CostCenterShare: SHARE_FIELDS,
  Absence: ABSENCE_FIELDS,
  AbsenceType: ABSENCE_TYPE_FIELDS,
  Attendance: ATTENDANCE_FIELDS,
  Change: CHANGE_FIELDS,
};

/**
 * Turns operations that read data into statements, one for each root field, in which the database writes the answer. Only
 * columns that the caller may read are named in them.
 */
export class Planner {
  private readonly marks: CursorMarks;
  private readonly roots: Readonly<Record<string, RootPlan>>;

  constructor(private readonly parts: PlannerParts) {
    const { cursors, smallestGroup } = parts;
    this.marks = new CursorMarks(cursors);
    this.roots = {
      employee: employeeRoot,
      employees: employeesRoot(cursors),
      employeeStatistics: statisticsRoot(smallestGroup),
      changes: changesRoot(cursors),
      absences: recordsRoot(cursors, absenceQuery),
      absenceTypes: absenceTypesRoot,
      attendances: recordsRoot(cursors, attendanceQuery),
    };
  }

  /**
   * @param judged has passed the gate
   * @returns undefined for an operation that the reference path must run as a whole
   */
  plan(judged: JudgedOperation, caller: CredentialCaller): OperationPlan | undefined {
    if (judged.operation.operation !== OperationTypeNode.QUERY) return undefined;
    const planning = new Planning(judged, caller, { dialect: this.parts.dialect, marks: this.marks, tables: TABLES });
    return attempted(() => new OperationPlan(planning, this.roots));
  }
}

/** What cannot be planned, and what cannot be meant, is left to the reference path. */
export function attempted<Result>(attempt: () => Result): Result | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Unplanned || error instanceof GatewayError || error instanceof GraphQLError) return undefined;
    throw error;
  }
}
