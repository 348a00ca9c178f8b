import type { ImportMap } from '../importing/import-map';
import { excerpt } from '../tabular/problem';
import type { EmployeeRows, LeftOut } from './employee-rows';
import { readAttendance, readEmployee, readTimeOff } from './personio-answer';
import { PersonioError } from './personio-error';
import { absenceRowOf, attendanceObjection, attendanceRowOf } from './record-rows';
import { Spool } from './spool';

/** Sorts Personio's items into the rows of three imports. */
export class PersonioRows {
  /** How many attendances were not taken, by reason. */
  private readonly notTaken = new Map<string, number>();

  private constructor(
    private readonly people: EmployeeRows,
    readonly employees: Spool,
    readonly absences: Spool,
    readonly attendances: Spool,
  ) {}

  static async open(people: EmployeeRows): Promise<PersonioRows> {
    return new PersonioRows(people, await Spool.open(), await Spool.open(), await Spool.open());
  }

  /** @throws PersonioError when an item has not the published shape, or a whole page has come before */
  async addPage(items: readonly unknown[]): Promise<void> {
    let isNews = false;
    for (const item of items) if (await this.add(item)) isNews = true;
    // Whoever ignores the offset would go on for ever.
    if (!isNews && items.length > 0)
      throw new PersonioError('PERSONIO_BAD_ANSWER', 'Personio sends the same page twice.');
  }

  get employeeMap(): ImportMap {
    return this.people.map;
  }

  get leftOut(): readonly LeftOut[] {
    const counted = [...this.notTaken].map(([reason, count]) => ({
      key: 'attendances',
      label: null,
      reason: `${count} ${reason}`,
    }));
    return [...this.people.leftOut, ...counted];
  }

  async close(): Promise<void> {
    for (const spool of [this.employees, this.absences, this.attendances]) await spool.close();
  }

  private async add(item: unknown): Promise<boolean> {
    switch (typeOf(item)) {
      case 'Employee': {
        const employee = readEmployee(item) ?? shapeless('Employee');
        return this.employees.add(`employee ${employee.id}`, this.people.rowOf(employee));
      }
      case 'TimeOffPeriod': {
        const timeOff = readTimeOff(item) ?? shapeless('TimeOffPeriod');
        return this.absences.add(`absence ${timeOff.id}`, absenceRowOf(timeOff));
      }
      case 'AttendancePeriod':
        return this.addAttendance(item);
      default:
        throw new PersonioError('PERSONIO_BAD_ANSWER', `Personio tells an item of the type ${excerpt(typeOf(item))}.`);
    }
  }

  private addAttendance(item: unknown): Promise<boolean> {
    const attendance = readAttendance(item) ?? shapeless('AttendancePeriod');
    const objection = attendanceObjection(attendance);
    if (objection === undefined)
      return this.attendances.add(`attendance ${attendance.id}`, attendanceRowOf(attendance));
    this.notTaken.set(objection, (this.notTaken.get(objection) ?? 0) + 1);
    return Promise.resolve(true);
  }
}

function typeOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'type' in item ? item.type : undefined;
}

function shapeless(type: string): never {
  throw new PersonioError('PERSONIO_BAD_ANSWER', `An item of the type ${type} has not the published shape.`);
}
