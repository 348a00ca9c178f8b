import { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { list, type Managing, type Made } from '../../support/managing';
import { ask, send } from '../../support/process';
import type { Tally } from './tally';

/** One request of a client; answers its HTTP status and whether its content is as it should be. */
type Request = (turn: number) => Promise<{ readonly kind: string; readonly status: number; readonly isRight: boolean }>;

const READS = [
  '{ employees(first: 20) { totalCount nodes { id firstName lastName department { name } } } }',
  '{ employees(first: 50, filter: { lastName: { contains: "e" } }, orderBy: [{ by: LAST_NAME }]) { nodes { id lastName } } }',
  '{ employee(id: "7") { firstName lastName supervisor { firstName } } }',
  '{ changes(first: 20) { nodes { at } } }',
];

/** Sends request after request until it is told that time is up. */
export async function run(request: Request, tally: Tally, isOver: () => boolean): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    const startedAt = performance.now();
    try {
      const { kind, status, isRight } = await request(turn);
      tally.add(kind, status, isRight, performance.now() - startedAt);
    } catch (error) {
      tally.add(String(error), 0, false, performance.now() - startedAt);
    }
  }
}

/** Reads, and writes now and then. */
export function integration(url: string, authorization: string): Request {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return async (turn) => {
    if (turn % 40 === 39) return token(url, authorization, agent);
    const isWrite = turn % 8 === 7;
    const id = 1 + ((turn * 13) % 250);
    const query = isWrite
      ? `mutation { updateEmployee(id: "${id}", values: { firstName: "Load ${turn}" }) { employee { id } userErrors { code } } }`
      : (READS[turn % READS.length] ?? '');
    const { status, body, text } = await ask(url, authorization, query, { agent });
    return { kind: isWrite ? 'write' : 'read', status, isRight: !body.errors && !text.includes('"code"') };
  };
}

async function token(url: string, authorization: string, agent: Agent): ReturnType<Request> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization };
  const { status, text } = await send(`${url}/oauth/token`, { headers, body: 'grant_type=client_credentials', agent });
  return { kind: 'token', status, isRight: text.includes('access_token') };
}

const ADMIN_PAUSE = 50;

/** Changes one credential in every way that admins have. */
export function admin(managing: Managing, made: Made): Request {
  let { version } = made;
  return async (turn) => {
    await setTimeout(ADMIN_PAUSE);
    const lists = turn % 2 === 0 ? ['lastName'] : ['firstName', 'lastName'];
    const changes = [
      () => managing.onOne('disableCredential', made.id),
      () => managing.onOne('enableCredential', made.id),
      () => managing.update(made.id, { version, grants: list(lists) }),
      () => managing.rotate(made.id, 'NONE'),
    ];
    const answer = await changes[turn % changes.length]?.();
    version = answer?.credential?.version ?? version;
    return { kind: 'admin', status: 200, isRight: answer?.userErrors.length === 0 };
  };
}

/** Asks for as much as it can get, and is to be refused most of it. */
export function flood(url: string, authorization: string): Request {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return async () => {
    const { status, body } = await ask(url, authorization, '{ viewer { name } }', { agent });
    return {
      kind: status === 200 ? 'flood, served' : 'flood, refused',
      status,
      isRight: body.data?.viewer.name === 'Flood',
    };
  };
}
