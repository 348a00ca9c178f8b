import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { LIMIT_PREFIX } from './limit-statements.mjs';
import { listen } from './start.mjs';
import { WORKLOADS } from '../people/workloads.mjs';

const KEY = Buffer.alloc(32, 7);
const SECRET = 'a-secret-of-the-limit';
const SECRET_MAC = createHmac('sha256', KEY).update(SECRET).digest();

/**
 * The least that a server can do: take the body, run one statement that was prepared before, write its text. No GraphQL, no
 * caller, no permissions.
 *
 * @param ask gives the answer's text for a workload and its variables
 * @param storeToken keeps a token's MAC durably
 */
export function serveLimit({ ask, storeToken }) {
  return listen(
    createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const answer = request.url === '/oauth/token' ? issue(request, storeToken) : answerTo(body, ask);
        Promise.resolve(answer).then(
          (text) => send(response, 200, text),
          (error) => send(response, 500, JSON.stringify({ errors: [{ message: String(error) }] })),
        );
      });
    }),
  );
}

function answerTo(body, ask) {
  const { workload, variables } = JSON.parse(body);
  const wrapped = (text) => `${LIMIT_PREFIX[workload] ?? '{"data":'}${text}}`;
  const answer = ask(workload, variables);
  return typeof answer === 'string' ? wrapped(answer) : answer.then(wrapped);
}

async function issue({ headers }, storeToken) {
  const secret = Buffer.from(headers.authorization.slice('Basic '.length), 'base64').toString().split(':')[1];
  const shown = createHmac('sha256', KEY).update(secret).digest();
  if (!timingSafeEqual(shown, SECRET_MAC)) throw new Error('wrong');
  const token = randomBytes(32).toString('base64url');
  await storeToken(createHmac('sha256', KEY).update(token).digest('base64url'), new Date().toISOString());
  return `{"access_token":"${token}","token_type":"Bearer","expires_in":3600}`;
}

function send(response, status, text) {
  const length = Buffer.byteLength(text);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': length }).end(text);
}

export const TOKEN_TABLE = 'CREATE TABLE IF NOT EXISTS limit_token (mac text PRIMARY KEY, issued_at text NOT NULL)';
export const TOKEN_INSERT = 'INSERT INTO limit_token (mac, issued_at) VALUES';

export function limitRequests(workload) {
  const headers = { 'content-type': 'application/json' };
  if (workload === 'token') {
    const authorization = `Basic ${Buffer.from(`limit:${SECRET}`).toString('base64')}`;
    return [{ method: 'POST', path: '/oauth/token', headers: { ...headers, authorization }, body: '' }];
  }
  return WORKLOADS[workload].variables.map((variables) => ({
    method: 'POST',
    path: '/',
    headers,
    body: JSON.stringify({ workload, variables }),
  }));
}

export function limitRows(workload, { data }) {
  return workload === 'one' ? [data] : data;
}
