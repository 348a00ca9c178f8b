import { getNamedType, isLeafType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { guardOf } from '../../../src/permissions/guard';
import type { Person } from '../oracle';
import { present } from '../present';
import type { MatrixAttribute } from './attributes';
import { fieldOf, shown, type Case, type Data, type Field, type Ground } from './case';

/** A way through the schema to people. */
interface Path {
  readonly name: string;
  /** The field that gives the person. */
  readonly coordinate: string;
  readonly query: (selection: string, ground: Ground) => string;
  /** The people on its end; null where there is none. */
  readonly people: (data: Data) => readonly (Row | null)[];
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

const LIST: Path = {
  name: 'a list',
  coordinate: 'EmployeeConnection.nodes',
  query: (selection) => `{ employees(first: 500) { nodes { id ${selection} } } }`,
  people: ({ employees }) => employees.nodes,
};

/** Every way to a person that a query has. Those of mutations stand with the writing. */
export const PATHS: readonly Path[] = [
  LIST,
  {
    name: 'edges',
    coordinate: 'EmployeeEdge.node',
    query: (selection) => `{ employees(first: 500) { edges { node { id ${selection} } } } }`,
    people: ({ employees }) => employees.edges.map(({ node }: { node: Row }) => node),
  },
  {
    name: 'one person',
    coordinate: 'Query.employee',
    query: (selection) => `{ a: employee(id: "2") { id ${selection} } b: employee(id: "5") { id ${selection} } }`,
    people: ({ a, b }) => [a, b],
  },
  {
    name: 'the supervisor',
    coordinate: 'Employee.supervisor',
    query: (selection) => `{ employees(first: 500) { nodes { supervisor { id ${selection} } } } }`,
    people: ({ employees }) => employees.nodes.map(({ supervisor }: { supervisor: Row | null }) => supervisor),
  },
  {
    name: 'the supervisor’s supervisor',
    coordinate: 'Employee.supervisor',
    query: (selection) => `{ employees(first: 500) { nodes { supervisor { supervisor { id ${selection} } } } } }`,
    people: ({ employees }) =>
      employees.nodes.map(
        ({ supervisor }: { supervisor: { supervisor: Row | null } | null }) => supervisor?.supervisor ?? null,
      ),
  },
  {
    name: 'an absence',
    coordinate: 'Absence.employee',
    query: (selection) => `{ absences(first: 500) { nodes { employee { id ${selection} } } } }`,
    people: ({ absences }) => absences.nodes.map(({ employee }: { employee: Row }) => employee),
  },
  {
    name: 'an attendance',
    coordinate: 'Attendance.employee',
    query: (selection) => `{ attendances(first: 500) { nodes { employee { id ${selection} } } } }`,
    people: ({ attendances }) => attendances.nodes.map(({ employee }: { employee: Row }) => employee),
  },
  {
    name: 'a change',
    coordinate: 'Change.employee',
    query: (selection, { company }) =>
      `{ changes(first: 500, after: "${company.feedStart}") { nodes { employee { id ${selection} } } } }`,
    people: ({ changes }) => changes.nodes.map(({ employee }: { employee: Row }) => employee),
  },
];

interface Form {
  readonly name: string;
  readonly responseName: (field: Field) => string;
  readonly selection: (field: Field) => string;
  /** What stands beside the operation. */
  readonly beside?: (field: Field) => string;
}

const own = ({ name }: Field) => name;
const borrowed = ({ name }: Field) => (name === 'firstName' ? 'lastName' : 'firstName');

/** Every form in which an operation's text selects a field. */
const FORMS: readonly Form[] = [
  { name: 'selected', responseName: own, selection: ({ text }) => text },
  { name: 'aliased', responseName: () => 'x', selection: ({ text }) => `x: ${text}` },
  {
    name: 'aliased as another attribute',
    responseName: borrowed,
    selection: (field) => `${borrowed(field)}: ${field.text}`,
  },
  {
    name: 'in a named fragment',
    responseName: own,
    selection: () => '...F',
    beside: ({ text }) => `fragment F on Employee { ${text} }`,
  },
  {
    name: 'in nested fragments',
    responseName: own,
    selection: () => '...F',
    beside: ({ text }) => `fragment F on Employee { ...G } fragment G on Employee { ... { ${text} } }`,
  },
  { name: 'in an inline fragment', responseName: own, selection: ({ text }) => `... on Employee { ${text} }` },
  {
    name: 'included by a directive',
    responseName: own,
    selection: ({ text }) => `... @include(if: true) { ${text} }`,
  },
];

/** Selects the attribute in every form, at the end of every path, and in every field that is derived from it. */
export function selectionCases(attribute: MatrixAttribute, ground: Ground): Case[] {
  const field = fieldOf(attribute);
  const forms = FORMS.map((form) => selectionCase(form.name, { attribute, ground, path: LIST, form, field }));
  const paths = PATHS.slice(1).map((path) =>
    selectionCase(`selected below ${path.name}`, { attribute, ground, path, form: present(FORMS[0]), field }),
  );
  return [...forms, ...paths, ...derivedCases(attribute, ground)];
}

interface Selection {
  readonly attribute: MatrixAttribute;
  readonly ground: Ground;
  readonly path: Path;
  readonly form: Form;
  readonly field: Field;
}

function selectionCase(name: string, { attribute, ground, path, form, field }: Selection): Case {
  const responseName = form.responseName(field);
  const byId = new Map(ground.company.people.map((person) => [person.id, person]));
  return {
    name,
    query: `${path.query(form.selection(field), ground)} ${form.beside?.(field) ?? ''}`,
    // Whom the rows are about is told by themselves; what they say is told by what was written.
    answer: (data) => path.people(data).map((row) => [row?.id ?? null, row?.[responseName] ?? null]),
    granted: {
      like: (data) =>
        path
          .people(data)
          .map((row) => (row ? [row.id, shown(attribute, valueIn(byId, row.id, attribute))] : [null, null])),
    },
    denied: 'NULLS',
  };
}

export function valueIn(people: ReadonlyMap<string, Person>, id: string, { key }: MatrixAttribute): unknown {
  const person = present(people.get(id));
  return key.startsWith('custom.') ? (person.custom[key.slice('custom.'.length)] ?? null) : (person[key] ?? null);
}

function derivedCases(attribute: MatrixAttribute, ground: Ground): Case[] {
  return derivedFields(attribute, ground.schema).map((field) => ({
    name: `selected as ${field.name}`,
    query: LIST.query(field.text, ground),
    answer: (data) => LIST.people(data).map((row) => [row?.id ?? null, row?.[field.name] ?? null]),
    granted: { some: true },
    denied: 'NULLS',
  }));
}

/** Fields of a person other than the attribute's own whose value comes from it. */
function derivedFields({ key }: MatrixAttribute, schema: GraphQLSchema): Field[] {
  if (key === 'id') return [];
  return Object.values((schema.getType('Employee') as GraphQLObjectType).getFields())
    .filter((field) => {
      const guard = guardOf(field);
      return guard && 'attributes' in guard && (guard.attributes as readonly string[]).includes(key);
    })
    .filter(({ name }) => name !== key)
    .map(({ name, type }) => ({ name, text: `${name} ${leavesOf(getNamedType(type))}` }));
}

function leavesOf(type: unknown): string {
  if (!isObjectType(type)) return '';
  const leaves = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
  return `{ ${leaves.map(({ name }) => name).join(' ')} }`;
}
