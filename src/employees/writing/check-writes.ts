import type { Run } from '../../store/statement';
import { userError, type UserError } from '../../operations/user-error';
import { CONFLICT } from '../../writing/write-outcome';
import { readRowId } from '../../store/row-id';
import { readPersonnelNumber } from '../values/attribute-value';
import type { EmployeeWrite, Target } from './employee-write';
import { findEmails, findPeople, findSuperiors, type FoundPerson } from './found-people.store';
import type { ReadRow } from './read-values';

/** A row that has been read and looked up. */
export interface CheckedWrite {
  readonly row: ReadRow;
  /** Null for a new person. */
  readonly id: number | null;
  /** Of a new person. */
  readonly personnelNumber: string | null;
  readonly supervisorId: number | null;
  /** Empty when the row can be written. */
  readonly problems: readonly UserError[];
}

/**
 * Checks rows against what is stored and against each other, in their order. What the values themselves are is told first;
 * only a row whose values are fine is compared with anything.
 *
 * @param run of a transaction that lets nobody else change people
 */
export async function checkWrites(
  run: Run,
  writes: readonly EmployeeWrite[],
  rows: readonly ReadRow[],
): Promise<readonly CheckedWrite[]> {
  const stored = await lookUp(run, writes, rows);
  const check = new Check(stored);
  return writes.map((write, at) => check.row(write, rows[at] ?? NOTHING));
}

const NOTHING: ReadRow = { attributes: [], values: new Map(), problems: [] };

interface Stored {
  readonly byId: ReadonlyMap<number, FoundPerson>;
  readonly byNumber: ReadonlyMap<string, FoundPerson>;
  readonly emails: ReadonlyMap<string, readonly number[]>;
  readonly superiors: ReadonlyMap<number, number | null>;
}

async function lookUp(run: Run, writes: readonly EmployeeWrite[], rows: readonly ReadRow[]): Promise<Stored> {
  const targets = writes.map(({ target }) => target);
  const people = await findPeople(run, targets.flatMap(idIn), targets.flatMap(numberIn));
  return {
    byId: new Map(people.map((person) => [person.id, person])),
    byNumber: new Map(people.flatMap((person) => (person.personnelNumber ? [[person.personnelNumber, person]] : []))),
    emails: await findEmails(run, rows.flatMap(textIn('email'))),
    superiors: await findSuperiors(
      run,
      rows.flatMap(textIn('supervisor')).flatMap((id) => readRowId(id) ?? []),
    ),
  };
}

function idIn(target: Target): number[] {
  return target.kind === 'id' ? [readRowId(target.id) ?? 0] : [];
}

function numberIn(target: Target): string[] {
  if (target.kind !== 'new' && target.kind !== 'personnelNumber') return [];
  const number = trimmed(target.personnelNumber);
  return number === null ? [] : [number];
}

/** @returns null when it is none */
function trimmed(personnelNumber: string | null): string | null {
  const reading = readPersonnelNumber(personnelNumber);
  return 'value' in reading ? (reading.value as string | null) : null;
}

function textIn(key: string): (row: ReadRow) => string[] {
  return ({ values }) => {
    const value = values.get(key);
    return typeof value === 'string' ? [value] : [];
  };
}

class Check {
  private readonly seen = new Set<string>();
  private readonly seenEmails = new Set<string>();
  private readonly superiors: Map<number, number | null>;

  constructor(private readonly stored: Stored) {
    this.superiors = new Map(stored.superiors);
  }

  row(write: EmployeeWrite, row: ReadRow): CheckedWrite {
    const personnelNumber = numberIn(write.target)[0] ?? null;
    const person = this.personOf(write.target, personnelNumber);
    const id = person?.id ?? null;
    const supervisorId = textIn('supervisor')(row).map((text) => readRowId(text) ?? 0)[0] ?? null;
    const problems = [...targetProblems(write, row), ...row.problems];
    if (problems.length === 0) problems.push(...this.clashes(write, row, person, personnelNumber));
    if (problems.length === 0) problems.push(...this.supervisorProblems(row, id, supervisorId));
    return { row, id, personnelNumber, supervisorId, problems };
  }

  private personOf(target: Target, personnelNumber: string | null): FoundPerson | undefined {
    if (target.kind === 'id') return this.stored.byId.get(readRowId(target.id) ?? 0);
    return target.kind === 'personnelNumber' ? this.stored.byNumber.get(personnelNumber ?? '') : undefined;
  }

  private clashes(
    { target, version }: EmployeeWrite,
    row: ReadRow,
    person: FoundPerson | undefined,
    personnelNumber: string | null,
  ): UserError[] {
    if (target.kind === 'id' && !person) return [userError(['id'], 'UNKNOWN', 'Nobody has this id.')];
    if (this.isTwice(person, personnelNumber))
      return [userError(null, 'DUPLICATE', 'An earlier row is about this person.')];
    const isTaken = target.kind === 'new' && personnelNumber !== null && this.stored.byNumber.has(personnelNumber);
    const isStale = version !== null && version !== (person?.version ?? 0);
    return isTaken || isStale || this.isEmailTaken(row, person) ? [CONFLICT] : [];
  }

  private isTwice(person: FoundPerson | undefined, personnelNumber: string | null): boolean {
    const names = [
      ...(person ? [`id ${person.id}`] : []),
      ...(personnelNumber === null ? [] : [`number ${personnelNumber}`]),
    ];
    const isTwice = names.some((name) => this.seen.has(name));
    for (const name of names) this.seen.add(name);
    return isTwice;
  }

  private isEmailTaken(row: ReadRow, person: FoundPerson | undefined): boolean {
    const [email] = textIn('email')(row).map((text) => text.toLowerCase());
    if (email === undefined) return false;
    const owners = this.stored.emails.get(email) ?? [];
    // Where two have shared one since an import, either may go on being written.
    const isTaken = owners.length > 0 && !owners.includes(person?.id ?? 0);
    const isTwice = this.seenEmails.has(email);
    this.seenEmails.add(email);
    return isTaken || isTwice;
  }

  private supervisorProblems(row: ReadRow, id: number | null, supervisorId: number | null): UserError[] {
    if (!row.values.has('supervisor')) return [];
    if (supervisorId !== null && !this.superiors.has(supervisorId)) {
      return [userError(['supervisor'], 'UNKNOWN', 'Nobody has this id.')];
    }
    if (id === null) return [];
    if (supervisorId !== null && this.isAbove(id, supervisorId)) {
      return [userError(['supervisor'], 'CIRCLE', 'The person would be their own superior.')];
    }
    this.superiors.set(id, supervisorId);
    return [];
  }

  /** Whether `id` is `start` or stands above them. */
  private isAbove(id: number, start: number): boolean {
    // An import may have kept a circle that somebody else is in.
    const passed = new Set<number>();
    let person: number | null = start;
    while (person !== null && !passed.has(person)) {
      if (person === id) return true;
      passed.add(person);
      person = this.superiors.get(person) ?? null;
    }
    return false;
  }
}

function targetProblems({ target }: EmployeeWrite, { attributes }: ReadRow): UserError[] {
  if (target.kind === 'unclear') return [userError(['id'], 'REQUIRED', 'Give either the id or the personnel number.')];
  if (target.kind === 'id') return [];
  const reading = readPersonnelNumber(target.personnelNumber);
  if ('reason' in reading) return [userError(['personnelNumber'], 'INVALID', `The value ${reading.reason}.`)];
  if (target.kind === 'personnelNumber' && reading.value === null) {
    return [userError(['personnelNumber'], 'REQUIRED', 'The personnel number is empty.')];
  }
  return target.kind === 'new' && attributes.length === 0
    ? [userError(null, 'REQUIRED', 'Give at least one attribute of the new person.')]
    : [];
}
