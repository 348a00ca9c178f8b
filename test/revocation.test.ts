import { databases } from './support/database';
import { startTestGateway, type Answer, type TestCredential, type TestGateway } from './support/gateway';
import { otherWriter } from './support/held-people';
import { present } from './support/present';
import { beforeRead } from './support/reads';

const PAGE =
  'query ($after: String) { employees(first: 40, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }';

describe.each(databases)('switching a credential off on $name', (database) => {
  let gateway: TestGateway;
  let time: number;

  beforeAll(async () => {
    time = Date.parse('2026-06-01T00:00:00Z');
    gateway = await startTestGateway(database, { demo: true, clock: { now: () => new Date(time).toISOString() } });
  });

  afterAll(() => gateway.close());

  const tokenFor = ({ authorization }: TestCredential): Promise<Answer> =>
    gateway.fetch('/oauth/token', {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });

  async function tokenOf(credential: TestCredential): Promise<string> {
    const { body } = await tokenFor(credential);
    return `Bearer ${(body as unknown as { access_token: string }).access_token}`;
  }

  const ways = ['its secret', 'its token'] as const;

  test.each(ways)(
    'a credential that pages with %s stops at the next request, and goes on when it is enabled (S2)',
    async (way) => {
      const credential = await gateway.credential();
      const as = way === 'its token' ? await tokenOf(credential) : credential.authorization;
      const ids: string[] = [];
      let after: string | null = null;
      let stops = 0;
      for (;;) {
        const answer = await gateway.query(as, PAGE, { after });
        if (answer.status === 401) {
          expect(answer.body.errors).toMatchObject([{ extensions: { code: 'CREDENTIAL_DISABLED' } }]);
          expect(answer.body.data).toBeUndefined();
          stops += 1;
          await gateway.house.credentials.setEnabled(credential.clientId, true);
          continue;
        }
        const { nodes, pageInfo } = answer.body.data.employees as {
          nodes: { id: string }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
        ids.push(...nodes.map(({ id }) => id));
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
        if (ids.length === 80) await gateway.house.credentials.setEnabled(credential.clientId, false);
      }
      expect(stops).toBe(1);
      expect(ids).toEqual([...ids].sort((left, right) => Number(left) - Number(right)));
      expect(new Set(ids).size).toBe(250);
    },
  );

  test.each(ways)('a credential expires for %s at its very moment', async (way) => {
    const credential = await gateway.credential({ expiresAt: new Date(time + 60_000).toISOString() });
    const as = way === 'its token' ? await tokenOf(credential) : credential.authorization;
    time += 59_999;
    expect((await gateway.query(as, PAGE)).status).toBe(200);
    time += 1;
    const { status, body } = await gateway.query(as, PAGE);
    expect(status).toBe(401);
    expect(body.errors).toMatchObject([{ extensions: { code: 'CREDENTIAL_DISABLED' } }]);
  });

  test('a token is good for its ten minutes and no longer', async () => {
    const token = await tokenOf(await gateway.credential());
    time += 599_999;
    expect((await gateway.query(token, PAGE)).status).toBe(200);
    time += 1;
    const { status, body } = await gateway.query(token, PAGE);
    expect(status).toBe(401);
    expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  if (database.name === 'PostgreSQL') {
    test('a token waits for whoever ends the access, not for a write, and is not issued when the credential expires meanwhile', async () => {
      const credential = await gateway.credential({ expiresAt: new Date(time + 60_000).toISOString() });
      const other = await otherWriter(gateway.house.config);
      try {
        await other.holdCredential(credential.clientId, 'FOR NO KEY UPDATE');
        expect((await tokenFor(credential)).status).toBe(200);
        await other.holdCredential(credential.clientId, 'FOR UPDATE');
        const asked = tokenFor(credential);
        await other.isWaitedFor();
        time += 60_000;
        await other.end();
        expect((await asked).status).toBe(401);
      } finally {
        await other.end();
      }
    });

    test('a credential is switched off however many tokens it asks for meanwhile', async () => {
      const credential = await gateway.credential();
      let isOff = false;
      const ask = async () => {
        while (!isOff) await tokenFor(credential);
      };
      const asking = Array.from({ length: 12 }, ask);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const started = performance.now();
      await gateway.house.credentials.setEnabled(credential.clientId, false);
      const took = performance.now() - started;
      isOff = true;
      await Promise.all(asking);
      expect(took).toBeLessThan(5_000);
    });
  }

  test.each([
    ['is for admins', 'FORBIDDEN', '{ settings { showOnce } }', {}],
    [
      'is given variables of the wrong type',
      'BAD_USER_INPUT',
      'query ($first: Int) { employees(first: $first) { totalCount } }',
      { first: 'x' },
    ],
    [
      'costs too much',
      'LIMIT_EXCEEDED',
      '{ employees(first: 1000) { nodes { absences(first: 1000) { nodes { id } } } } }',
      {},
    ],
    [
      'groups by nothing',
      'BAD_USER_INPUT',
      '{ employeeStatistics(groupBy: [{ part: YEAR }]) { groups { keys } } }',
      {},
    ],
    ['cannot be read', 'GRAPHQL_PARSE_FAILED', '{ employees(', {}],
    ['asks for what there is not', 'GRAPHQL_VALIDATION_FAILED', '{ nothing }', {}],
    [
      'is one of two that are sent without a name',
      'OPERATION_RESOLUTION_FAILURE',
      'query One { viewer { name } } query Two { viewer { name } }',
      {},
    ],
    [
      'names a forbidden attribute in a filter',
      'ATTRIBUTE_FORBIDDEN',
      '{ employees(filter: { fixSalary: null }) { totalCount } }',
      {},
    ],
  ])(
    'that an operation %s is not told to a credential that is off by now (S8)',
    async (_what, code, text, variables) => {
      const credential = await gateway.credential();
      await gateway.query(credential.authorization, PAGE);
      const before = await gateway.query(credential.authorization, text, variables);
      expect(before.body.errors).toMatchObject([{ extensions: { code } }]);
      await gateway.house.credentials.setEnabled(credential.clientId, false);
      const { status, body } = await gateway.query(credential.authorization, text, variables);
      expect(status).toBe(401);
      expect(body).toEqual({ errors: [expect.objectContaining({ extensions: { code: 'CREDENTIAL_DISABLED' } })] });
    },
  );

  test('a credential that is switched off between two statements of one operation gets nothing of it (L40)', async () => {
    const credential = await gateway.credential({ attributes: ['firstName', 'department'] });
    const restore = disableBeforeStatement('FROM department', credential);
    const { status, body, text } = await gateway.query(
      credential,
      '{ employees { nodes { firstName department { name } } } }',
    );
    restore();
    expect(status).toBe(401);
    expect(body.errors).toMatchObject([{ extensions: { code: 'CREDENTIAL_DISABLED' } }]);
    expect(body.data).toBeUndefined();
    expect(text).not.toContain('nodes');
  });

  test('an attribute that is cut while an operation runs is denied in its answer (L41)', async () => {
    const credential = await gateway.credential({ attributes: ['firstName', 'department'] });
    const restore = beforeRead(gateway.house, 'FROM department', () =>
      gateway.house.store.write(async (manager) => {
        const { clientId } = credential;
        await manager.query(
          `DELETE FROM credential_attribute WHERE attribute_key = 'firstName'
             AND credential_id = (SELECT id FROM credential WHERE client_id = '${clientId}')`,
        );
        await manager.query(
          `UPDATE credential SET permission_version = permission_version + 1 WHERE client_id = '${clientId}'`,
        );
      }),
    );
    const { status, body } = await gateway.query(
      credential,
      '{ employees(first: 2) { nodes { firstName department { name } } } }',
    );
    restore();
    expect(status).toBe(200);
    const nodes = body.data.employees.nodes as { firstName: unknown; department: unknown }[];
    expect(nodes).toHaveLength(2);
    expect(nodes.every(({ firstName, department }) => firstName === null && department !== null)).toBe(true);
    expect(present(body.errors).map(({ extensions }) => extensions['attribute'])).toEqual(['firstName']);
  });

  test('a denial mode that is set while the credential is looked up holds at once, and for whatever comes later', async () => {
    const credential = await gateway.credential({ attributes: ['firstName'] });
    const operation = '{ employees(first: 2) { nodes { firstName fixSalary { amount } } } }';
    const restore = beforeRead(gateway.house, 'credential_module', () =>
      gateway.house.store.write((manager) =>
        manager.query(
          `UPDATE credential SET denial_mode = 'STRICT', permission_version = permission_version + 1
             WHERE client_id = '${credential.clientId}'`,
        ),
      ),
    );
    const answers = [await gateway.query(credential, operation), await gateway.query(credential, operation)];
    restore();
    for (const { body } of answers) {
      expect(body.data).toBeNull();
      expect(present(body.errors).map(({ extensions }) => extensions.code)).toEqual(['ATTRIBUTE_FORBIDDEN']);
    }
  });

  test.each([
    ['secret is taken away', `DELETE FROM credential_secret WHERE credential_id`],
    ['credential is deleted', `DELETE FROM credential WHERE id`],
    ['credential is switched off', `UPDATE credential SET enabled = false WHERE id`],
  ])(
    'a %s between the look at the secret and the token: no token, and the refusal of ever (S2)',
    async (_what, change) => {
      const credential = await gateway.credential();
      const { store } = gateway.house;
      const write = store.write.bind(store);
      const spy = jest.spyOn(store, 'write').mockImplementationOnce(async (work) => {
        await write((manager) =>
          manager.query(`${change} = (SELECT id FROM credential WHERE client_id = '${credential.clientId}')`),
        );
        return write(work);
      });
      const { status, body } = await gateway.fetch('/oauth/token', {
        method: 'POST',
        headers: { authorization: credential.authorization },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      spy.mockRestore();
      expect([status, body]).toMatchObject([401, { error: 'invalid_client' }]);
    },
  );

  function disableBeforeStatement(text: string, { clientId }: TestCredential): () => void {
    return beforeRead(gateway.house, text, () => gateway.house.credentials.setEnabled(clientId, false));
  }
});
