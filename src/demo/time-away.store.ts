import type { EntityManager } from 'typeorm';
import { AbsenceEntity, AbsenceTypeEntity } from '../absences/absence.entity';
import { AttendanceEntity } from '../attendances/attendance.entity';
import { momentOn, TODAY } from './calendar';
import { requiredId, type Ids } from './demo.store';
import type { DemoPerson } from './people';
import { ABSENCE_TYPES, demoAbsences, demoAttendances } from './time-away';

/** Rows per statement: SQLite binds 32,766 values at most. */
const BATCH = 1_000;
const MADE = { version: 1, createdAt: momentOn(TODAY, 0), lastModifiedAt: momentOn(TODAY, 0) } as const;

/** What was put in. */
export interface TimeAway {
  readonly absences: number;
  readonly attendances: number;
}

/** Puts in when the people are away and when they work. */
export async function insertTimeAway(
  manager: EntityManager,
  people: readonly DemoPerson[],
  employees: Ids,
): Promise<TimeAway> {
  await manager.insert(AbsenceTypeEntity, [...ABSENCE_TYPES]);
  const types = new Map((await manager.find(AbsenceTypeEntity)).map(({ id, name }) => [name, id]));
  const absences = demoAbsences(people).map(({ personnelNumber, type, ...absence }) => ({
    ...absence,
    ...MADE,
    employeeId: requiredId(employees, personnelNumber),
    typeId: requiredId(types, type),
  }));
  for (const part of batches(absences)) await manager.insert(AbsenceEntity, part);
  const attendances = demoAttendances(people).map(({ personnelNumber, ...attendance }) => ({
    ...attendance,
    ...MADE,
    employeeId: requiredId(employees, personnelNumber),
  }));
  for (const part of batches(attendances)) await manager.insert(AttendanceEntity, part);
  return { absences: absences.length, attendances: attendances.length };
}

function batches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, at) => items.slice(at * BATCH, (at + 1) * BATCH));
}
