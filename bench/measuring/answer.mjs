import { isDeepStrictEqual } from 'node:util';
import { HIDDEN } from '../people/company.mjs';
import { expectedRows, WORKLOADS } from '../people/workloads.mjs';

/**
 * Asks once and compares with what the store holds.
 *
 * @throws Error that says where the answer is wrong: nothing is timed then
 */
export async function assertRight({ contestant, server, workload, requests, database }) {
  const [{ path, ...request }] = requests;
  const answer = await fetch(server.origin + path, request);
  const body = await answer.text();
  const wrong = (why) => new Error(`${contestant.name} answers ${workload} wrongly: ${why}\n${body.slice(0, 600)}`);
  if (answer.status !== 200) throw wrong(`status ${answer.status}`);
  if (body.includes(HIDDEN)) throw wrong('it gives away what may not be read');
  const json = JSON.parse(body);
  if (workload === 'token') {
    if (typeof json.access_token !== 'string' || json.token_type !== 'Bearer') throw wrong('it is no token');
    return;
  }
  if (workload !== 'denied' && json.errors) throw wrong('it holds errors');
  if (workload === 'denied' && contestant.saysWhatIsDenied !== false && !json.errors?.length)
    throw wrong('it says of no denial');
  const rows = contestant.rows(workload, json).map(tidy);
  const expected = expectedRows(workload, WORKLOADS[workload].variables[0], database).map(tidy);
  if (expected.length === 0) throw wrong('the store has nothing to compare with');
  if (rows.length !== expected.length) throw wrong(`${rows.length} rows and not ${expected.length}`);
  rows.forEach((row, index) => {
    if (isDeepStrictEqual(row, expected[index])) return;
    throw wrong(`row ${index} is ${JSON.stringify(row)} and not ${JSON.stringify(expected[index])}`);
  });
}

// Some give ids as numbers and custom attributes in an order of their own; neither is a mistake.
function tidy({ customAttributes, supervisor, ...row }) {
  const own = Object.fromEntries(Object.entries(row).sort(([a], [b]) => a.localeCompare(b)));
  return {
    ...own,
    id: String(row.id),
    ...(supervisor === undefined ? {} : { supervisor: supervisor && tidy(supervisor) }),
    ...(customAttributes ? { customAttributes: sorted(customAttributes) } : {}),
  };
}

function sorted(list) {
  return list.map(({ key, value }) => ({ key, value })).sort((a, b) => a.key.localeCompare(b.key));
}
