import { fetchToken, startGateway, tokenRequest } from '../people/gateway.mjs';
import { ATTRIBUTES, CUSTOM_KEYS, DENIED, FIND, FOUND, SUPERVISED, TEN, WORKLOADS } from '../people/workloads.mjs';

const all = Object.keys(ATTRIBUTES).join(' ');
const page = (first, fields, more = '') => `{ employees(first: ${first}${more}) { nodes { id ${fields} } } }`;

const QUERIES = {
  one: `query One($id: ID!) { employee(id: $id) { id ${all} } }`,
  page100: page(100, all),
  page1000: page(1000, all),
  denied: page(100, [...TEN, ...DENIED].join(' ')),
  nested: page(50, `${SUPERVISED.join(' ')} supervisor { id ${SUPERVISED.join(' ')} }`),
  find: page(
    FIND.first,
    FOUND.join(' '),
    `, filter: { status: { eq: ${FIND.status} }, hireDate: { gte: "${FIND.hiredFrom}" } }, search: "${FIND.search}",
      orderBy: [{ by: LAST_NAME }, { by: FIRST_NAME }]`,
  ),
  custom: page(100, `firstName customAttributes(keys: ${JSON.stringify(CUSTOM_KEYS)}) { key value }`),
};

export const contestant = {
  name: 'ours',
  title: 'Fieldgate',
  database: 'SQLite',
  about: 'as `npm start` runs it, with its log in a file',
  start: (place) => startOurs(place),
  requests: oursRequests,
  rows: oursRows,
};

/** Starts the gateway and fetches the tokens that its requests carry. */
export async function startOurs(place, options) {
  const server = await startGateway(place, options);
  const tokens = {
    people: await fetchToken(server.origin, place.credentials.people),
    custom: await fetchToken(server.origin, place.credentials.custom),
  };
  return { ...server, tokens, credentials: place.credentials };
}

export function oursRequests(workload, { tokens, credentials }) {
  if (workload === 'token') return [tokenRequest(credentials.people)];
  const authorization = `Bearer ${workload === 'custom' ? tokens.custom : tokens.people}`;
  return graphqlRequests(QUERIES[workload], WORKLOADS[workload].variables, { authorization });
}

/** One request for each of the values that the variables take. */
export function graphqlRequests(query, variables, headers) {
  return variables.map((values) => ({
    method: 'POST',
    path: '/graphql',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(Object.keys(values).length > 0 ? { query, variables: values } : { query }),
  }));
}

export function oursRows(workload, { data }) {
  const rows = workload === 'one' ? [data.employee] : data.employees.nodes;
  return workload === 'custom' ? rows.map(withPlainKeys) : rows;
}

function withPlainKeys({ customAttributes, ...row }) {
  return {
    ...row,
    customAttributes: customAttributes.map(({ key, value }) => ({ key: key.replace(/^custom\./, ''), value })),
  };
}
