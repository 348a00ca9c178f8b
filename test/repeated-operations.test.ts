import { request as httpRequest } from 'node:http';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';
import { aroundReads } from './support/reads';

const PEOPLE = '{ employees(first: 3) { nodes { id firstName } } }';
const ONE = 'query One($id: ID!) { employee(id: $id) { firstName lastName } }';

describe.each(databases)('an operation that is asked again on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 500 } });
    reader = await gateway.credential({ attributes: ['firstName'] });
    for (const [query, variables] of [[PEOPLE], [ONE, { id: '1' }]] as const) {
      for (let count = 0; count < 2; count += 1) await gateway.query(reader, query, variables);
    }
  });

  afterAll(() => gateway.close());

  const left = async (query: string, variables?: object): Promise<number> => {
    const { headers } = await gateway.query(reader, query, { ...variables });
    return Number(/r=(\d+)/.exec(present(headers.get('ratelimit')))?.[1]);
  };

  test.each([
    ['is answered in front', PEOPLE, {}],
    ['was never asked before', '{ employees(first: 4) { nodes { id } } }', {}],
    ['cannot be parsed', '{ employees(', {}],
    ['has variables that do not fit', ONE, { id: {} }],
    ['is about nobody', ONE, { id: 'nobody' }],
    ['has no plan', '{ viewer { name } }', {}],
  ])('counts once when it %s', async (_how, query, variables) => {
    const before = await left(PEOPLE);
    expect(await left(query, variables)).toBe(before - 1);
  });

  test('denies the same each time', async () => {
    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await gateway.query(reader, ONE, { id: '2' }));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[2]?.body.errors).toMatchObject([{ extensions: { attribute: 'lastName' } }]);
  });

  test('may come in pieces, in chunks, or with what makes it unusual', async () => {
    const body = JSON.stringify({ query: PEOPLE });
    const plain = await gateway.query(reader, PEOPLE);
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    for (const headers of [length, {}, { ...length, 'idempotency-key': 'k' }, { ...length, cookie: 'a=b' }]) {
      expect(await inPieces(headers, body)).toBe(plain.text);
    }
  });

  test.each([
    ['is not JSON', '{"query":', 'BAD_REQUEST'],
    ['is empty', '', 'BAD_REQUEST'],
    ['is a list', `[${JSON.stringify({ query: PEOPLE })}]`, 'BAD_REQUEST'],
    ['names a prototype', `{"query":${JSON.stringify(PEOPLE)},"__proto__":{}}`, 'BAD_REQUEST'],
  ])('refuses a body that %s as it does the first time', async (_how, body, code) => {
    const headers = { 'content-type': 'application/json', authorization: reader.authorization };
    const answer = await gateway.fetch('/graphql', { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ extensions: { code } }]);
  });

  test.each([
    ['/graphql', 'application/xml', '{}'],
    ['/graphql', 'application/json', '{"query":'],
    ['/export', 'text/plain', '{}'],
  ])('refuses whoever was switched off meanwhile for that alone: %s, %s, %s', async (address, type, body) => {
    const other = await gateway.credential({ attributes: ['firstName'] });
    for (let count = 0; count < 2; count += 1) await gateway.query(other, PEOPLE);
    await gateway.house.credentials.setEnabled(other.clientId, false);
    const headers = { 'content-type': type, authorization: other.authorization };
    const answer = await gateway.fetch(address, { method: 'POST', headers, body });
    const plainly = await gateway.query(other, PEOPLE);
    expect([answer.status, answer.text]).toEqual([401, plainly.text]);
    expect(answer.headers.get('www-authenticate')).toBe(plainly.headers.get('www-authenticate'));
  });

  test('refuses a Host header that names no host as it does the first time', async () => {
    const body = JSON.stringify({ query: PEOPLE });
    const answer = await inPieces({ 'content-length': String(Buffer.byteLength(body)), host: 'a b' }, body);
    expect(JSON.parse(answer)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test('says that the store cannot be read, and counts once', async () => {
    const before = await left(PEOPLE);
    const restore = aroundReads(gateway.house, (statement, read) =>
      read(statement.text.includes('FROM employee') ? { text: 'SELECT nothing FROM nowhere', values: [] } : statement),
    );
    const { status, body } = await gateway.query(reader, PEOPLE);
    restore();
    expect(status).toBe(503);
    expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    expect(await left(PEOPLE)).toBe(before - 2);
  });

  test('is refused once the credential has sent too many', async () => {
    const limited = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 4 } });
    const busy = await limited.credential({ attributes: ['firstName'] });
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await limited.query(busy, PEOPLE)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    expect(Number((await limited.query(busy, PEOPLE)).headers.get('retry-after'))).toBeGreaterThan(0);
    await limited.close();
  });

  /** Sends a body in two writes with these headers and no others of its own; chunked without a length. */
  function inPieces(headers: Readonly<Record<string, string>>, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const own = { 'content-type': 'application/json', authorization: reader.authorization, ...headers };
      const request = httpRequest(`${gateway.url}/graphql`, { method: 'POST', headers: own }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      });
      request.on('error', reject);
      request.write(body.slice(0, 10));
      setTimeout(() => request.end(body.slice(10)), 20);
    });
  }
});
