/**
 * What the peers that are written by hand have in common: the schema, the statements behind it, and who may read what. All of
 * them read through the driver that Fieldgate has, with as many connections.
 */
import DataLoader from 'dataloader';
import sqlite3 from 'sqlite3';
import {
  ATTRIBUTES,
  CUSTOM_KEYS,
  DENIED,
  DENIED_ATTRIBUTES,
  FIND,
  FOUND,
  SEARCHED,
  SUPERVISED,
  TEN,
  WORKLOADS,
} from '../people/workloads.mjs';
import { graphqlRequests } from './ours.mjs';
import { PEER_HEADERS, PEER_TOKEN } from './start.mjs';

const TEXTS = Object.keys({ ...ATTRIBUTES, ...DENIED_ATTRIBUTES }).filter((key) => key !== 'weeklyWorkingHours');

/** The attributes of an employee, `(key, type) => line`. */
export function peerSchema(field = (key, type) => `${key}: ${type}`) {
  return `
    type CustomAttribute { key: String! value: String }
    type Employee {
      ${field('id', 'ID!')}
      ${TEXTS.map((key) => field(key, 'String')).join('\n')}
      ${field('weeklyWorkingHours', 'Float')}
      ${field('supervisor', 'Employee')}
      ${field('customAttributes(keys: [String!]!)', '[CustomAttribute!]')}
    }
    type Query {
      employee(id: ID!): Employee
      employees(first: Int!, status: String, hiredFrom: String, search: String, byName: Boolean): [Employee!]!
    }`;
}

/** What the caller of the workloads may read. */
const READABLE = new Set(['id', ...Object.keys(ATTRIBUTES), 'supervisor', 'customAttributes']);
const READABLE_CUSTOM = new Set(CUSTOM_KEYS);

/** @returns who calls, from the header; null is nobody */
export function peerCaller(authorization) {
  return authorization === `Bearer ${PEER_TOKEN}` ? { reads: READABLE, readsCustom: READABLE_CUSTOM } : null;
}

const columns = ['id', 'supervisor_id', ...Object.values({ ...ATTRIBUTES, ...DENIED_ATTRIBUTES })];
const SELECT = `SELECT ${columns.join(', ')} FROM employee`;
const READERS = 2;

/** Statements over the people, each prepared once per connection. */
export function openPeople(file) {
  const readers = Array.from({ length: READERS }, () => ({
    database: new sqlite3.Database(file, sqlite3.OPEN_READONLY),
    statements: new Map(),
  }));
  let turn = 0;
  const all = (text, ...values) => {
    const { database, statements } = readers[(turn += 1) % READERS];
    if (!statements.has(text)) statements.set(text, database.prepare(text));
    return new Promise((resolve, reject) =>
      statements.get(text).all(...values, (error, rows) => (error ? reject(error) : resolve(rows))),
    );
  };
  return {
    employee: async (id) => (await all(`${SELECT} WHERE id = ?`, id))[0],
    employees: (wanted) => all(...pageStatement(wanted)),
    byIds: (ids) => all(`${SELECT} WHERE id IN (${placeholders(ids)})`, ...ids),
    customValues: (ids, keys) =>
      all(
        `SELECT v.employee_id, a.name AS key, v.text_value AS value FROM employee_custom_value v
          JOIN custom_attribute a ON a.id = v.attribute_id
          WHERE v.employee_id IN (${placeholders(ids)}) AND a.name IN (${placeholders(keys)})`,
        ...ids,
        ...keys,
      ),
  };
}

function pageStatement({ first, status, hiredFrom, search, byName }) {
  const conditions = [
    ...(status ? ['status = ?'] : []),
    ...(hiredFrom ? ['hire_date >= ?'] : []),
    ...(search ? [`(${SEARCHED.map((key) => `lower(${ATTRIBUTES[key]}) LIKE ?`).join(' OR ')})`] : []),
  ];
  const values = [
    ...(status ? [status] : []),
    ...(hiredFrom ? [hiredFrom] : []),
    ...(search ? SEARCHED.map(() => `%${search.toLowerCase()}%`) : []),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return [`${SELECT} ${where} ORDER BY ${byName ? 'last_name, first_name, ' : ''}id LIMIT ?`, ...values, first];
}

function placeholders(values) {
  return values.map(() => '?').join(', ');
}

/** What a request needs: who calls, and loaders that read what many rows ask for in one statement. */
export function peerContext(people, authorization) {
  const caller = peerCaller(authorization);
  if (!caller) throw new Error('Nobody may read anything without a token.');
  return { ...caller, people, supervisors: supervisorLoader(people), custom: new Map() };
}

function supervisorLoader(people) {
  return new DataLoader(async (ids) => {
    const found = new Map((await people.byIds(ids)).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The custom attributes of one person, among those that the caller may read. */
export function customAttributes(row, keys, context) {
  const readable = keys.filter((key) => context.readsCustom.has(key));
  const name = readable.join();
  if (!context.custom.has(name)) context.custom.set(name, customLoader(context.people, readable));
  return context.custom.get(name).load(row.id);
}

function customLoader(people, keys) {
  return new DataLoader(async (ids) => {
    const byPerson = new Map(ids.map((id) => [id, []]));
    for (const { employee_id: id, ...value } of await people.customValues(ids, keys)) byPerson.get(id).push(value);
    return ids.map((id) => byPerson.get(id));
  });
}

/** Resolvers for `peerSchema`. */
export const peerResolvers = {
  Query: {
    employee: (_parent, { id }, { people }) => people.employee(Number(id)),
    employees: (_parent, wanted, { people }) => people.employees(wanted),
  },
  Employee: {
    ...Object.fromEntries(
      Object.entries({ ...ATTRIBUTES, ...DENIED_ATTRIBUTES }).map(([key, column]) => [key, (row) => row[column]]),
    ),
    supervisor: (row, _arguments, { supervisors }) => row.supervisor_id && supervisors.load(row.supervisor_id),
    customAttributes: (row, { keys }, context) => customAttributes(row, keys, context),
  },
};

const all = Object.keys(ATTRIBUTES).join(' ');

const QUERIES = {
  one: `query One($id: ID!) { employee(id: $id) { id ${all} } }`,
  page100: `{ employees(first: 100) { id ${all} } }`,
  page1000: `{ employees(first: 1000) { id ${all} } }`,
  denied: `{ employees(first: 100) { id ${[...TEN, ...DENIED].join(' ')} } }`,
  nested: `{ employees(first: 50) { id ${SUPERVISED.join(' ')} supervisor { id ${SUPERVISED.join(' ')} } } }`,
  find: `{ employees(first: ${FIND.first}, status: "${FIND.status}", hiredFrom: "${FIND.hiredFrom}",
    search: "${FIND.search}", byName: true) { id ${FOUND.join(' ')} } }`,
  custom: `{ employees(first: 100) { id firstName customAttributes(keys: ${JSON.stringify(CUSTOM_KEYS)}) { key value } } }`,
};

const CANNOT_TOKEN = 'it issues no tokens';

export function peerRequests(workload) {
  if (workload === 'token') return { cannot: CANNOT_TOKEN };
  return graphqlRequests(QUERIES[workload], WORKLOADS[workload].variables, PEER_HEADERS);
}

export function peerRows(workload, { data }) {
  return workload === 'one' ? [data.employee] : data.employees;
}
