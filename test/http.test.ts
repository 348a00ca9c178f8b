import { connect } from 'node:net';
import { databases } from './support/database';
import { basic, startTestGateway, type Answer, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';
import { send } from './support/process';
import { aroundReads } from './support/reads';

const JSON_TYPE = { 'content-type': 'application/json' };

describe.each(databases)('what comes over HTTP on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    reader = await gateway.credential({ attributes: ['firstName'] });
  });

  afterAll(() => gateway.close());

  const post = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    gateway.fetch('/graphql', {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: reader.authorization, ...headers },
      body,
    });

  const QUERY = JSON.stringify({ query: '{ viewer { name } }' });

  test.each<[name: string, send: () => Promise<Answer>, status: number, code: string]>([
    ['malformed JSON', () => post('{"query": '), 400, 'BAD_REQUEST'],
    ['an empty body', () => post(''), 400, 'BAD_REQUEST'],
    ['JSON that is no object', () => post('"{ viewer { name } }"'), 400, 'BAD_REQUEST'],
    ['no operation', () => post('{}'), 400, 'BAD_REQUEST'],
    ['several operations in one request (L31)', () => post(`[${QUERY},${QUERY}]`), 400, 'BAD_REQUEST'],
    [
      'a stored query (L30)',
      () => post(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })),
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    [
      'an unknown content type',
      () => post(QUERY, { 'content-type': 'application/xml' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['plain text', () => post(QUERY, { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'a form',
      () => post('query=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a body over 1 MiB',
      () => post(JSON.stringify({ query: `{ viewer { name } } #${'x'.repeat(1_100_000)}` })),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['broken GraphQL', () => post(JSON.stringify({ query: '{ viewer { name ' })), 400, 'GRAPHQL_PARSE_FAILED'],
    [
      'too many tokens (S12)',
      () => post(JSON.stringify({ query: `{ ${'__typename '.repeat(11_000)} }` })),
      400,
      'GRAPHQL_PARSE_FAILED',
    ],
    ['an unknown field', () => post(JSON.stringify({ query: '{ viewer { nam } }' })), 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation name',
      () => post(JSON.stringify({ query: 'query A { viewer { name } }', operationName: 'B' })),
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'a variable of another type',
      () =>
        post(
          JSON.stringify({ query: 'query ($n: Int) { employees(first: $n) { totalCount } }', variables: { n: 'x' } }),
        ),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'a variable with a field whose name is close to one (L32)',
      () =>
        post(
          JSON.stringify({
            query: 'query ($f: EmployeeFilter) { employees(filter: $f) { totalCount } }',
            variables: { f: { fixSalar: {} } },
          }),
        ),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'a missing variable',
      () => post(JSON.stringify({ query: 'query ($id: ID!) { employee(id: $id) { id } }' })),
      400,
      'BAD_USER_INPUT',
    ],
    ['an unknown address', () => gateway.fetch('/nowhere'), 404, 'NOT_FOUND'],
    ['GET on /graphql', () => gateway.fetch('/graphql?query={viewer{name}}'), 405, 'METHOD_NOT_ALLOWED'],
    ['PUT on /graphql', () => gateway.fetch('/graphql', { method: 'PUT' }), 405, 'METHOD_NOT_ALLOWED'],
    ['GET on the token endpoint', () => gateway.fetch('/oauth/token'), 405, 'METHOD_NOT_ALLOWED'],
    ['nobody', () => gateway.query(undefined, '{ viewer { name } }'), 401, 'UNAUTHENTICATED'],
    [
      'nobody who asks for the schema (L32)',
      () => gateway.query(undefined, '{ __schema { types { name } } }'),
      401,
      'UNAUTHENTICATED',
    ],
    ['a broken token', () => gateway.query('Bearer fgat_broken', '{ viewer { name } }'), 401, 'UNAUTHENTICATED'],
    [
      'a token of nobody',
      () => gateway.query(`Bearer fgat_${'A'.repeat(49)}`, '{ viewer { name } }'),
      401,
      'UNAUTHENTICATED',
    ],
    [
      'a wrong secret',
      () => gateway.query(basic(reader.clientId, 'fgcs_wrong'), '{ viewer { name } }'),
      401,
      'UNAUTHENTICATED',
    ],
    ['an unknown scheme', () => gateway.query('Digest username="x"', '{ viewer { name } }'), 401, 'UNAUTHENTICATED'],
  ])('%s is refused as JSON with a code, never with HTML or a stack (L23)', async (_name, send, status, code) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(present(answer.body.errors).map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(answer.text).not.toMatch(/<html|node_modules|\.ts:|\.js:|SELECT|Did you mean/i);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="fieldgate"' : null);
  });

  test.each([
    ['first', '{ employees(first: -1) { totalCount } }'],
    ['first', '{ employees(first: 1001) { totalCount } }'],
    [undefined, '{ employees(after: "made up") { totalCount } }'],
    [undefined, `{ employees(after: "${Buffer.alloc(40, 7).toString('base64url')}") { totalCount } }`],
  ])('an argument that cannot be used is told with its name: %s', async (argument, query) => {
    const { status, body } = await gateway.query(reader, query);
    expect(status).toBe(200);
    expect(body.data).toEqual({ employees: null });
    expect(body.errors).toMatchObject([{ path: ['employees'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(present(body.errors)[0]?.extensions['argument']).toBe(argument);
  });

  test.each([
    ['bytes that are no HTTP', 'NONSENSE\r\n\r\n'],
    ['a request that names no host', 'DELETE /graphql HTTP/1.1\r\n0host: a\r\nconnection: close\r\n\r\n'],
    [
      'an operation that names no host',
      `POST /graphql HTTP/1.1\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${QUERY.length}\r\n\r\n${QUERY}`,
    ],
  ])('%s: a JSON refusal too', async (_name, bytes) => {
    const { hostname, port } = new URL(gateway.url);
    const received = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => (text += chunk));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(received).toMatch(/^HTTP\/1.1 400 Bad Request/);
    expect(received).toContain('"code":"BAD_REQUEST"');
  });

  test.each(['.0.0.1', 'a b', '[::1', '%00'])('a Host header that names no host is refused: %s', async (host) => {
    const { status, body } = await send(`${gateway.url}/graphql`, {
      headers: { host, 'content-type': 'application/json', authorization: reader.authorization },
      body: '{"query":"{ viewer { name } }"}',
    });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  test.each([
    ['a directive', 'query ($v: Boolean = true) { viewer { name @include(if: $v) } }'],
    ['an argument', 'query ($v: ID = "1") { employee(id: $v) { id } }'],
    [
      'an argument that was planned',
      'query ($v: ID = "1") { employee(id: $v) { id } other: employee(id: "2") { id } }',
    ],
  ])('null for a variable with a default is refused where a value is needed: %s', async (_name, query) => {
    for (const variables of [{}, { v: null }, {}]) {
      const { status, body } = await gateway.query(reader, query, variables);
      const isNull = 'v' in variables;
      expect([status, body.errors?.[0]?.extensions.code]).toEqual(isNull ? [400, 'BAD_USER_INPUT'] : [200, undefined]);
    }
  });

  test('every answer forbids caches to keep it and names its request (L28)', async () => {
    const { headers } = await gateway.query(reader, '{ viewer { name } }');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('vary')).toBe('Authorization, Cookie');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('etag')).toBeNull();
  });

  test('a store that fails makes a 503 with a code, and nothing of what went wrong', async () => {
    const restore = aroundReads(gateway.house, (statement, read) =>
      read(statement.text.includes('FROM employee') ? { text: 'SELECT broken FROM nowhere', values: [] } : statement),
    );
    const { status, body, text } = await gateway.query(reader, '{ employees { nodes { firstName } } }');
    restore();
    expect(status).toBe(503);
    expect(body.data).toBeUndefined();
    expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    expect(text).not.toMatch(/broken|nowhere/);
  });

  test('a signed-in integration gets no suggestions for what it mistypes', async () => {
    const mistyped = await gateway.query(reader, '{ employees { nodes { fixSalry { amount } } } }');
    expect(mistyped.text).not.toContain('fixSalary');
  });
});
