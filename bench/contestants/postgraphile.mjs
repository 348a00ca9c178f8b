import { createServer } from 'node:http';
import { grafserv } from 'grafserv/node';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { runOn } from '../people/postgres.mjs';
import {
  ATTRIBUTES,
  CUSTOM_KEYS,
  DENIED,
  FIND,
  FOUND,
  SEARCHED,
  SUPERVISED,
  TEN,
  WORKLOADS,
} from '../people/workloads.mjs';
import { graphqlRequests } from './ours.mjs';
import { listen, PEER_HEADERS, PEER_TOKEN, startPeer } from './start.mjs';

export const contestant = {
  name: 'postgraphile',
  title: 'PostGraphile 5 + column grants',
  database: 'PostgreSQL',
  about:
    'the caller’s role may read granted columns, and granted custom attributes by a row policy; made for Node 22, of which it gets what Node 20 lacks',
  packages: ['postgraphile', 'pg'],
  start: async (place) => {
    await runOn(place.databaseUrl, SETUP);
    return startPeer('postgraphile', place);
  },
  requests: (workload) => requests(workload),
  rows,
};

const granted = ['id', 'supervisor_id', ...Object.values(ATTRIBUTES)].join(', ');
const anywhere = SEARCHED.map((key) => `lower(${ATTRIBUTES[key]}) LIKE '%' || lower(term) || '%'`).join(' OR ');

const SETUP = [
  'CREATE SCHEMA people',
  ...['employee', 'custom_attribute', 'employee_custom_value'].map((table) => `ALTER TABLE ${table} SET SCHEMA people`),
  'DROP ROLE IF EXISTS people_reader',
  'CREATE ROLE people_reader',
  'GRANT USAGE ON SCHEMA people TO people_reader',
  `GRANT SELECT (${granted}) ON people.employee TO people_reader`,
  'GRANT SELECT (id, name) ON people.custom_attribute TO people_reader',
  'GRANT SELECT ON people.employee_custom_value TO people_reader',
  'ALTER TABLE people.employee_custom_value ENABLE ROW LEVEL SECURITY',
  `CREATE POLICY granted ON people.employee_custom_value FOR SELECT TO people_reader USING (attribute_id IN
    (SELECT a.id FROM people.custom_attribute a WHERE a.name IN (${CUSTOM_KEYS.map((key) => `'${key}'`).join(', ')})))`,
  // Not SETOF people.employee: all its columns would have to be granted.
  `CREATE FUNCTION people.found_employees(wanted text, hired_from text, term text)
    RETURNS TABLE (row_id integer, first_name text, last_name text, hire_date text)
    LANGUAGE sql STABLE AS $$ SELECT id, first_name, last_name, hire_date FROM people.employee WHERE status = wanted AND hire_date >= hired_from
      AND (${anywhere}) ORDER BY last_name, first_name, id $$`,
];

const all = Object.keys(ATTRIBUTES).join(' ');
const page = (first, fields) => `{ allEmployees(first: ${first}) { nodes { rowId ${fields} } } }`;

const QUERIES = {
  one: `query One($id: Int!) { employeeByRowId(rowId: $id) { rowId ${all} } }`,
  page100: page(100, all),
  page1000: page(1000, all),
  nested: page(50, `${SUPERVISED.join(' ')} employeeBySupervisorId { rowId ${SUPERVISED.join(' ')} }`),
  find: `{ foundEmployees(wanted: "${FIND.status}", hiredFrom: "${FIND.hiredFrom}", term: "${FIND.search}",
    first: ${FIND.first}) { nodes { rowId ${FOUND.join(' ')} } } }`,
  custom: page(
    100,
    'firstName employeeCustomValuesByEmployeeId { nodes { textValue customAttributeByAttributeId { name } } }',
  ),
};

function requests(workload) {
  if (workload === 'denied') {
    const refused = graphqlRequests(page(100, [...TEN, ...DENIED].join(' ')), [{}], PEER_HEADERS);
    return { cannot: 'it refuses the whole operation', refused };
  }
  if (workload === 'token') return { cannot: 'it issues no tokens' };
  const variables = WORKLOADS[workload].variables.map(({ id }) => (id ? { id: Number(id) } : {}));
  return graphqlRequests(QUERIES[workload], variables, PEER_HEADERS);
}

function rows(workload, { data }) {
  const found = workload === 'one' ? [data.employeeByRowId] : Object.values(data)[0].nodes;
  return found.map(({ rowId, employeeBySupervisorId, employeeCustomValuesByEmployeeId, ...row }) => ({
    ...row,
    id: rowId,
    ...(workload === 'nested' ? { supervisor: supervisorOf(employeeBySupervisorId) } : {}),
    ...(workload === 'custom' ? { customAttributes: customOf(employeeCustomValuesByEmployeeId) } : {}),
  }));
}

function supervisorOf(person) {
  if (!person) return null;
  const { rowId, ...row } = person;
  return { ...row, id: rowId };
}

function customOf({ nodes }) {
  return nodes.map(({ textValue, customAttributeByAttributeId: { name } }) => ({ key: name, value: textValue }));
}

// PostGraphile declares Node 22. This is all of it that Node 20 lacks on the way of a request.
Promise.withResolvers ??= function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

export async function serve({ databaseUrl }) {
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ connectionString: databaseUrl, schemas: ['people'] })],
    grafast: { context: ({ node }) => ({ pgSettings: settingsOf(node?.req.headers.authorization) }) },
    grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  });
  const server = createServer();
  await instance.createServ(grafserv).addTo(server);
  return listen(server);
}

function settingsOf(authorization) {
  if (authorization !== `Bearer ${PEER_TOKEN}`) throw new Error('Nobody may read anything without a token.');
  return { role: 'people_reader' };
}
