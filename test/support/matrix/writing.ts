import type { SystemAttributeKey } from '../../../src/attributes/system-attributes';
import { present } from '../present';
import type { MatrixAttribute } from './attributes';
import { fieldOf, literal, shown, type Case, type Data, type Ground } from './case';
import { inputType } from './conditions';
import { inputOf, valueOf } from './people';

/** A mutation that takes values of a person. */
interface Mutation {
  readonly name: string;
  readonly write: (values: object, about: About) => Pick<Case, 'query' | 'variables'>;
  /** The person in the answer. */
  readonly person: (data: Data) => unknown;
}

interface About {
  readonly id: string;
  readonly personnelNumber: string;
  /** What of the person the answer has. */
  readonly selection: string;
  readonly text: (values: object) => string;
}

const updated = ({ updateEmployee }: Data): unknown => updateEmployee.employee;
const upserted = ({ upsertEmployees }: Data): unknown => upsertEmployees.rows[0].employee;

const MUTATIONS: readonly Mutation[] = [
  {
    name: 'created',
    write: (values, { selection, text }) => ({
      query: `mutation { createEmployee(values: ${text(values)}) { employee { id ${selection} } userErrors { message } } }`,
    }),
    person: ({ createEmployee }) => createEmployee.employee as unknown,
  },
  {
    name: 'updated',
    write: (values, { id, selection, text }) => ({
      query: `mutation { updateEmployee(id: "${id}", values: ${text(values)}) { employee { id ${selection} } userErrors { message } } }`,
    }),
    person: updated,
  },
  {
    name: 'updated by a variable',
    write: (values, { id, selection }) => ({
      query: `mutation ($v: EmployeeInput!) { updateEmployee(id: "${id}", values: $v) { employee { id ${selection} } userErrors { message } } }`,
      variables: { v: values },
    }),
    person: updated,
  },
  {
    name: 'updated by the default of a variable',
    write: (values, { id, selection, text }) => ({
      query: `mutation ($v: EmployeeInput! = ${text(values)}) { updateEmployee(id: "${id}", values: $v) { employee { id ${selection} } userErrors { message } } }`,
    }),
    person: updated,
  },
  {
    name: 'upserted',
    write: (values, { id, selection, text }) => ({
      query: `mutation { upsertEmployees(rows: [{ id: "${id}", values: ${text(values)} }]) { rows { employee { id ${selection} } userErrors { message } } } }`,
    }),
    person: upserted,
  },
  {
    name: 'upserted by a variable and the personnel number',
    write: (values, { personnelNumber, selection }) => ({
      query: `mutation ($rows: [UpsertEmployeeInput!]!) { upsertEmployees(rows: $rows) { rows { employee { id ${selection} } userErrors { message } } } }`,
      variables: { rows: [{ personnelNumber, values }] },
    }),
    person: upserted,
  },
  {
    name: 'upserted row by row, behind a row without it',
    write: (values, { id, personnelNumber, selection }) => ({
      query: `mutation ($rows: [UpsertEmployeeInput!]!) { upsertEmployees(rows: $rows, mode: PER_ROW) { rows { employee { id ${selection} } userErrors { message } } } }`,
      variables: {
        rows: [
          { personnelNumber: `beside-${personnelNumber}`, values: { position: 'Beside', holidayCalendar: 'Beside' } },
          { id, values },
        ],
      },
    }),
    person: ({ upsertEmployees }) => upsertEmployees.rows[1].employee as unknown,
  },
];

const TERMINATED: Mutation = {
  name: 'terminated',
  write: (values, { id, selection }) => ({
    query: `mutation ($t: TerminationInput!) { terminateEmployee(id: "${id}", termination: $t) { employee { id ${selection} } userErrors { message } } }`,
    variables: { t: { terminationDate: '2014-02-15', ...values } },
  }),
  person: ({ terminateEmployee }) => terminateEmployee.employee as unknown,
};

/** Writes the attribute with every mutation that takes it, and empties it. */
export function writeCases(attribute: MatrixAttribute, ground: Ground): Case[] {
  if (attribute.readOnly) return [];
  const ends = inputType(ground.schema, 'TerminationInput').getFields()[attribute.key] !== undefined;
  const mutations = [...MUTATIONS, ...(ends ? [TERMINATED] : [])];
  // Those who stand below the top, so that nobody becomes their own superior.
  const value = (at: number) =>
    attribute.type === 'EMPLOYEE' ? present(ground.company.people[1 + (at % 2)]).id : valueOf(attribute, 100 + at);
  return [
    ...mutations.map((mutation, at) => writeCase(attribute, ground, mutation, value(at))),
    { ...writeCase(attribute, ground, present(MUTATIONS[1]), null), name: 'emptied' },
  ];
}

function writeCase(attribute: MatrixAttribute, ground: Ground, mutation: Mutation, value: unknown): Case {
  const field = fieldOf(attribute);
  return {
    name: mutation.name,
    ...mutation.write(inputOf(new Map([[attribute.key, value]])), aboutOwn(attribute, ground)),
    answer: (data) => withoutUnitIds(attribute, valueOfPerson(mutation.person(data), field.name)),
    granted: {
      is: shown(attribute, attribute.type === 'EMPLOYEE' && value !== null ? { id: value } : named(attribute, value)),
    },
    denied: 'REFUSED',
    missing: 'write',
  };
}

/** The person whom nothing else of the matrix writes, because the attribute's number is theirs. */
function aboutOwn(attribute: MatrixAttribute, { schema, company }: Ground): About {
  return {
    id: present(company.people[attribute.number]).id,
    personnelNumber: `matrix-${attribute.number}`,
    selection: fieldOf(attribute).text,
    text: (values) => literal(schema, 'EmployeeInput', values),
  };
}

function valueOfPerson(person: unknown, name: string): unknown {
  return (person as Readonly<Record<string, unknown>> | null)?.[name] ?? null;
}

function named({ type }: MatrixAttribute, value: unknown): unknown {
  // Whoever has no cost center has an empty list of them.
  if (type === 'COST_CENTERS') return [...((value ?? []) as unknown[])].sort(byText);
  return type === 'ORGANIZATION_UNIT' && value !== null ? { name: value } : value;
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

// A unit that is new gets an id of which nobody has heard.
function withoutUnitIds({ type }: MatrixAttribute, value: unknown): unknown {
  if (type !== 'ORGANIZATION_UNIT' && type !== 'COST_CENTERS') return value;
  const without = (unit: object) => Object.fromEntries(Object.entries(unit).filter(([name]) => name !== 'id'));
  if (Array.isArray(value)) return value.map(without).sort(byText);
  return value === null ? null : without(value as object);
}

/** Refuses a write by the version of the person, which tells what `lastModifiedAt` tells. */
export function versionCases({ key }: MatrixAttribute, { company }: Ground): Case[] {
  if (key !== ('lastModifiedAt' satisfies SystemAttributeKey)) return [];
  const { id } = present(company.people[3]);
  const stale = { granted: { code: 'CONFLICT' }, denied: 'REFUSED', answer: () => null } as const;
  return [
    {
      name: 'written by version',
      query: `mutation { updateEmployee(id: "${id}", version: 999, values: { position: "Never" }) { employee { id } } }`,
      ...stale,
    },
    {
      name: 'terminated by version',
      query: `mutation { terminateEmployee(id: "${id}", version: 999, termination: { terminationDate: "2030-01-01" }) { employee { id } } }`,
      ...stale,
    },
    {
      name: 'upserted by version',
      query: `mutation { upsertEmployees(rows: [{ id: "${id}", version: 999, values: { position: "Never" } }]) { rows { userErrors { code } } } }`,
      answer: ({ upsertEmployees }) => upsertEmployees.rows as unknown,
      granted: { is: [{ userErrors: [{ code: 'CONFLICT' }] }] },
      denied: 'REFUSED',
    },
  ];
}

/** A way to a person in the result of a mutation. */
interface ResultPath {
  readonly name: string;
  readonly coordinate: string;
  readonly mutation: (selection: string, written: string, ground: Ground) => string;
  readonly person: (data: Data) => unknown;
}

export const RESULT_PATHS: readonly ResultPath[] = [
  {
    name: 'a person’s update',
    coordinate: 'EmployeePayload.employee',
    mutation: (selection, written, { withTime }) =>
      `mutation { updateEmployee(id: "${withTime[0]}", values: { ${written}: "Result" }) { employee { id ${selection} } } }`,
    person: updated,
  },
  {
    name: 'an upsert',
    coordinate: 'UpsertEmployeeRow.employee',
    mutation: (selection, written, { withTime }) =>
      `mutation { upsertEmployees(rows: [{ id: "${withTime[0]}", values: { ${written}: "Row" } }]) { rows { employee { id ${selection} } } } }`,
    person: upserted,
  },
  {
    name: 'an absence',
    coordinate: 'AbsencePayload.absence',
    mutation: (selection, _written, { absenceId }) =>
      `mutation { updateAbsence(id: "${absenceId}", input: { comment: "Result" }) { absence { employee { id ${selection} } } } }`,
    person: ({ updateAbsence }) => updateAbsence.absence.employee as unknown,
  },
  {
    name: 'an attendance',
    coordinate: 'AttendancePayload.attendance',
    mutation: (selection, _written, { attendanceId }) =>
      `mutation { updateAttendance(id: "${attendanceId}", input: { comment: "Result" }) { attendance { employee { id ${selection} } } } }`,
    person: ({ updateAttendance }) => updateAttendance.attendance.employee as unknown,
  },
  {
    name: 'attendances',
    coordinate: 'AttendanceRow.attendance',
    mutation: (selection, _written, { withTime, nextDay }) => {
      const day = nextDay();
      const row = `{ employee: "${withTime[0]}", start: "${day}T08:00:00Z", end: "${day}T16:00:00Z" }`;
      return `mutation { createAttendances(rows: [${row}]) { rows { attendance { employee { id ${selection} } } } } }`;
    },
    person: ({ createAttendances }) => createAttendances.rows[0].attendance.employee as unknown,
  },
];

/** Selects the attribute in the result of writing another one. */
export function resultCases(attribute: MatrixAttribute, ground: Ground): Case[] {
  const field = fieldOf(attribute);
  const written = attribute.key === 'position' ? 'holidayCalendar' : 'position';
  const isWritten = ['position', 'holidayCalendar', 'lastModifiedAt'].includes(attribute.key);
  return RESULT_PATHS.map((path) => ({
    name: `in the result of ${path.name}`,
    query: path.mutation(field.text, written, ground),
    answer: (data) => {
      const person = path.person(data);
      return [[valueOfPerson(person, 'id'), valueOfPerson(person, field.name)]];
    },
    granted: isWritten ? { some: true } : { like: () => [[ground.withTime[0], ground.stillOf(attribute)]] },
    denied: 'NULLS',
  }));
}
