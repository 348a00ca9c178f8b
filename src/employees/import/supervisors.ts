import { excerpt, type Place, type ProblemList } from '../../tabular/problem';

/** Somebody: the personnel number, or the id of a person in the store who has none. */
export type Person = string | number;

/** What the check of supervisors needs of a row. */
export interface RowFacts {
  /** Counted from 0. */
  readonly index: number;
  readonly place: Place;
  /** How the row names the supervisor; null when there is none, undefined when the row does not tell: it stays as it is. */
  readonly supervisor: string | null | undefined;
  /** Undefined when the file does not tell it, or nobody is named by it. */
  readonly email: string | null | undefined;
}

/** A person in the store. */
export interface StoredPerson {
  readonly id: number;
  readonly personnelNumber: string | null;
  readonly supervisorId: number | null;
  readonly email: string | null;
}

interface Rules {
  readonly by: 'personnelNumber' | 'email';
  readonly circles: 'refuse' | 'keep';
  /** Whether bad rows are left out. Otherwise nothing will be taken, and nobody need hear that a bad row is missing. */
  readonly skipBad: boolean;
}

/** The supervisor of each row that tells one or none, by the row's personnel number. */
export type Supervisors = ReadonlyMap<string, Person | null>;

/**
 * Finds everybody's supervisor among the people of the file and of the store. Rows whose supervisor does not exist, or who
 * would be their own superior over however many steps, are added to `problems`.
 *
 * @param rows by personnel number
 */
export function resolveSupervisors(
  rows: ReadonlyMap<string, RowFacts>,
  stored: readonly StoredPerson[],
  problems: ProblemList,
  rules: Rules,
): Supervisors {
  // A row that turns out bad takes its person out of the file, on whom other rows may depend.
  for (;;) {
    const before = problems.badRows;
    const good = new Map([...rows].filter(([, { index }]) => !problems.isBad(index)));
    const supervisors = findSupervisors(
      good,
      peopleOf(rules.skipBad ? good : rows, stored, rules.by),
      problems,
      rules.by,
    );
    if (problems.badRows === before && rules.circles === 'refuse') refuseCircles(good, stored, supervisors, problems);
    if (problems.badRows === before) return supervisors;
  }
}

function findSupervisors(
  rows: ReadonlyMap<string, RowFacts>,
  people: People,
  problems: ProblemList,
  by: Rules['by'],
): Map<string, Person | null> {
  const found = new Map<string, Person | null>();
  for (const [personnelNumber, { index, place, supervisor }] of rows) {
    if (supervisor === undefined) continue;
    const named = supervisor === null ? [] : (people.get(nameKey(supervisor, by)) ?? []);
    if (supervisor === null) found.set(personnelNumber, null);
    else if (named.length === 1 && named[0] !== undefined) found.set(personnelNumber, named[0]);
    else problems.add(index, { ...place, reason: notFound(supervisor, named.length) });
  }
  return found;
}

function notFound(supervisor: string, count: number): string {
  return count === 0
    ? `the supervisor ${excerpt(supervisor)} is neither in the file nor in the store`
    : `the supervisor ${excerpt(supervisor)} could be any of ${count} people`;
}

function nameKey(name: string, by: Rules['by']): string {
  return by === 'email' ? name.toLowerCase() : name;
}

/** Those whom a name can mean. */
type People = ReadonlyMap<string, readonly Person[]>;

function peopleOf(rows: ReadonlyMap<string, RowFacts>, stored: readonly StoredPerson[], by: Rules['by']): People {
  return by === 'email' ? byEmail(rows, stored) : byPersonnelNumber(rows, stored);
}

function byPersonnelNumber(rows: ReadonlyMap<string, RowFacts>, stored: readonly StoredPerson[]): People {
  const numbers = new Set(rows.keys());
  for (const { personnelNumber } of stored) if (personnelNumber !== null) numbers.add(personnelNumber);
  return new Map([...numbers].map((personnelNumber) => [personnelNumber, [personnelNumber]]));
}

function byEmail(rows: ReadonlyMap<string, RowFacts>, stored: readonly StoredPerson[]): People {
  const emails = new Map<Person, string | null>(stored.map((person) => [personOf(person), person.email]));
  for (const [personnelNumber, { email }] of rows) if (email !== undefined) emails.set(personnelNumber, email);
  const people = new Map<string, Person[]>();
  for (const [person, email] of emails) {
    if (email === null) continue;
    const sharing = people.get(email.toLowerCase());
    if (sharing) sharing.push(person);
    else people.set(email.toLowerCase(), [person]);
  }
  return people;
}

export function personOf({ id, personnelNumber }: Pick<StoredPerson, 'id' | 'personnelNumber'>): Person {
  return personnelNumber ?? id;
}

function refuseCircles(
  rows: ReadonlyMap<string, RowFacts>,
  stored: readonly StoredPerson[],
  supervisors: ReadonlyMap<string, Person | null>,
  problems: ProblemList,
): void {
  const byId = new Map(stored.map((person) => [person.id, personOf(person)]));
  const superiors = new Map<Person, Person | null>(
    stored.map((person) => [personOf(person), byId.get(person.supervisorId ?? 0) ?? null]),
  );
  for (const [personnelNumber, supervisor] of supervisors) superiors.set(personnelNumber, supervisor);
  for (const circle of circlesIn(superiors)) tellCircle(circle, rows, problems);
}

// One problem for the circle, at its first row that tells a supervisor; a circle of the store alone is not the file's fault.
function tellCircle(circle: readonly Person[], rows: ReadonlyMap<string, RowFacts>, problems: ProblemList): void {
  const members = circle.flatMap((person) => (typeof person === 'string' ? (rows.get(person) ?? []) : []));
  const [first, ...others] = members
    .filter(({ supervisor }) => supervisor !== undefined)
    .sort((one, other) => one.index - other.index);
  if (!first) return;
  problems.add(first.index, { ...first.place, reason: `supervisor circle: ${chain(circle)}` });
  for (const { index } of others) problems.spoil(index);
}

const LONGEST_CHAIN = 10;

function chain(circle: readonly Person[]): string {
  const names = [...circle, ...circle.slice(0, 1)].map((person) =>
    typeof person === 'string' ? person.slice(0, 40) : `the person with id ${person}`,
  );
  const shown = names.length > LONGEST_CHAIN ? [...names.slice(0, LONGEST_CHAIN - 1), '…', ...names.slice(-1)] : names;
  return shown.join(' → ');
}

/** @returns each circle once, from whichever of its people is met first */
function circlesIn(superiors: ReadonlyMap<Person, Person | null>): Person[][] {
  const finished = new Set<Person>();
  const circles: Person[][] = [];
  for (const start of superiors.keys()) {
    const path = new Map<Person, number>();
    let person: Person | null | undefined = start;
    while (person !== null && person !== undefined && !finished.has(person) && !path.has(person)) {
      path.set(person, path.size);
      person = superiors.get(person);
    }
    const entry = person === null || person === undefined ? undefined : path.get(person);
    if (entry !== undefined) circles.push([...path.keys()].slice(entry));
    for (const visited of path.keys()) finished.add(visited);
  }
  return circles;
}
