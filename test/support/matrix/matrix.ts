import type { AnswerError } from '../gateway';
import { Oracle } from '../oracle';
import { present } from '../present';
import { startTestGateway, type Answer, type TestCredential, type TestGateway } from '../gateway';
import type { TestDatabase } from '../database';
import { ATTRIBUTES, KEYS, type MatrixAttribute } from './attributes';
import { isNothing, shown, type Case, type Data, type Ground } from './case';
import { canOrder, changeCases, filterCases, orderArgument, orderCases, ORDERED, searchCases } from './finding';
import { addMatrixAttributes, foundCompany, HandClock } from './people';
import { selectionCases, valueIn } from './selections';
import { statisticsCases } from './statistics';
import { resultCases, versionCases, writeCases } from './writing';

const MODULES = ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'] as const;

/** Whoever may do everything. */
export function everything(gateway: TestGateway): Promise<TestCredential> {
  return gateway.credential({ read: MODULES, write: MODULES, attributes: KEYS });
}

/** Whoever may do everything but read, or write, this attribute. */
export function allBut(gateway: TestGateway, key: string, direction: 'read' | 'write'): Promise<TestCredential> {
  const others = KEYS.filter((one) => one !== key);
  // Ids are read with the module, so nobody lacks them alone.
  const read = direction === 'read' && key === 'id' ? MODULES.filter((name) => name !== 'EMPLOYEES') : MODULES;
  return gateway.credential({
    read,
    write: MODULES,
    attributes: direction === 'read' ? others : KEYS,
    writable: direction === 'write' ? others : KEYS,
  });
}

/** A gateway over a company of which everything is known. */
export async function startMatrix(database: TestDatabase): Promise<{ ground: Ground; all: TestCredential }> {
  const clock = new HandClock();
  const gateway = await startTestGateway(database, { clock, config: { requestsPerMinute: 0, smallestGroup: 1 } });
  await addMatrixAttributes(gateway);
  const all = await everything(gateway);
  const company = await foundCompany(gateway, all, clock);
  const oracle = new Oracle(company.people);
  const byId = new Map(company.people.map((person) => [person.id, person]));
  const withTime = company.people.slice(0, 6).map(({ id }) => id);
  let days = 0;
  const ground = {
    gateway,
    schema: gateway.house.schema,
    company,
    oracle,
    withTime,
    ...(await addTime(gateway, all, withTime)),
    stillOf: (attribute: MatrixAttribute) => shown(attribute, valueIn(byId, present(withTime[0]), attribute)),
    nextDay: () => new Date(Date.UTC(2030, 0, (days += 1))).toISOString().slice(0, 10),
  };
  return { ground: { ...ground, cursors: await cursorsOf(gateway, all) }, all };
}

async function addTime(
  gateway: TestGateway,
  as: TestCredential,
  people: readonly string[],
): Promise<Pick<Ground, 'absenceId' | 'attendanceId'>> {
  const ids: string[] = [];
  const { body } = await gateway.query(
    as,
    'mutation { createAbsenceType(name: "Leave", unit: DAYS, paid: true) { absenceType { id } } }',
  );
  const type = body.data.createAbsenceType.absenceType.id as string;
  for (const employee of people) {
    const answer = await gateway.query(
      as,
      'mutation ($i: AbsenceInput!) { createAbsence(input: $i) { absence { id } userErrors { message } } }',
      { i: { employee, type, startDate: '2025-03-03', endDate: '2025-03-04' } },
    );
    ids.push(answer.body.data.createAbsence.absence.id as string);
  }
  const rows = people.map((employee) => ({ employee, start: '2025-03-05T08:00:00Z', end: '2025-03-05T16:00:00Z' }));
  const worked = await gateway.query(
    as,
    'mutation ($r: [AttendanceInput!]!) { createAttendances(rows: $r) { rows { attendance { id } } } }',
    { r: rows },
  );
  return {
    absenceId: present(ids[0]),
    attendanceId: worked.body.data.createAttendances.rows[0].attendance.id as string,
  };
}

async function cursorsOf(gateway: TestGateway, as: TestCredential): Promise<Ground['cursors']> {
  const cursors = new Map<string, { cursor: string; id: string }>();
  for (const attribute of ATTRIBUTES.filter(canOrder)) {
    const order = orderArgument({ key: attribute.key, direction: 'ASC', nulls: 'LAST' });
    const { body } = await gateway.query(as, ORDERED, { o: [order] });
    const { cursor, node } = body.data.employees.edges.at(-1) as { cursor: string; node: { id: string } };
    cursors.set(attribute.key, { cursor, id: node.id });
  }
  return cursors;
}

/** Ways to use the attribute that change nothing for whoever is denied. */
export function casesOf(attribute: MatrixAttribute, ground: Ground): readonly Case[] {
  return [...readingCasesOf(attribute, ground), ...versionCases(attribute, ground), ...writeCases(attribute, ground)];
}

export function readingCasesOf(attribute: MatrixAttribute, ground: Ground): readonly Case[] {
  return [
    ...selectionCases(attribute, ground),
    ...filterCases(attribute, ground),
    ...orderCases(attribute, ground),
    ...searchCases(attribute, ground),
    ...changeCases(attribute, ground),
    ...statisticsCases(attribute, ground),
    ...lookupCases(attribute),
  ];
}

export function writingCasesOf(attribute: MatrixAttribute, ground: Ground): readonly Case[] {
  return [...versionCases(attribute, ground), ...writeCases(attribute, ground), ...resultCases(attribute, ground)];
}

/** The only key that one person is looked up by. */
function lookupCases({ key }: MatrixAttribute): Case[] {
  if (key !== 'id') return [];
  return [
    {
      name: 'looked up',
      query: '{ employee(id: "3") { id } }',
      answer: ({ employee }) => employee as unknown,
      granted: { is: { id: '3' } },
      denied: 'REFUSED',
    },
    {
      name: 'looked up by a variable',
      query: 'query ($id: ID!) { employee(id: $id) { id } }',
      variables: { id: '4' },
      answer: ({ employee }) => employee as unknown,
      granted: { is: { id: '4' } },
      denied: 'REFUSED',
    },
  ];
}

/** @returns what is wrong with the answer that somebody got who may use the attribute, or null */
export function faultOfGranted(one: Case, { status, body, text }: Answer): string | null {
  const { granted } = one;
  if ('code' in granted) {
    const codes = (body.errors ?? []).map(({ extensions }) => extensions.code);
    return codes.includes(granted.code) ? null : `${one.name}: ${granted.code} is missing in ${text.slice(0, 500)}`;
  }
  if (status !== 200 || body.errors) return `${one.name}: ${status} ${text.slice(0, 500)}`;
  const answer = one.answer(body.data);
  if ('some' in granted) {
    const pairs = answer as readonly (readonly [unknown, unknown])[];
    return pairs.some(([, value]) => !isNothing(value)) ? null : `${one.name}: nobody has a value`;
  }
  const expected = 'like' in granted ? granted.like(body.data) : granted.is;
  return same(answer, expected) ? null : `${one.name}: ${told(answer)} instead of ${told(expected)}`;
}

/** @returns what is wrong with the answer that somebody got who lacks the attribute, or null */
export function faultOfDenied({ key }: MatrixAttribute, one: Case, { status, body, text }: Answer): string | null {
  const { denied, name } = one;
  const wrong = (what: string) => `${name}: ${what}: ${status} ${text.slice(0, 500)}`;
  if (status !== 200) return wrong('the status is no answer');
  const isHidden = typeof denied === 'object';
  if (isHidden) {
    if (body.errors) return wrong('an error tells of it');
    const answer = one.answer(body.data);
    return same(answer, denied.is) ? null : `${name}: ${told(answer)} instead of ${told(denied.is)}`;
  }
  const errors = body.errors ?? [];
  if (errors.length === 0) return wrong('no error tells of the denial');
  if (!errors.every((error) => isDenialOf(key, error))) return wrong('an error tells of something else');
  if (isRefused(body.data)) return null;
  if (denied === 'REFUSED') return wrong('it was not refused');
  const pairs = one.answer(body.data) as readonly (readonly [unknown, unknown])[];
  const isTold = pairs.some(([, value]) => !isNothing(value));
  return isTold || pairs.length === 0 ? wrong('a value is told') : null;
}

function isDenialOf(key: string, { extensions }: AnswerError): boolean {
  if (key === 'id') return extensions.code === 'MODULE_FORBIDDEN';
  return extensions.code === 'ATTRIBUTE_FORBIDDEN' && extensions['attribute'] === key;
}

function isRefused(data: Data): boolean {
  return Object.values((data ?? {}) as object).every((value) => value === null);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sortedKeys(one)) === JSON.stringify(sortedKeys(other));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sortedKeys(part)]),
  );
}

function told(value: unknown): string {
  return JSON.stringify(value).slice(0, 300);
}
