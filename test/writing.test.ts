import sql from 'sql-template-tag';
import { databases } from './support/database';
import { startTestGateway, type AnswerBody, type TestCredential, type TestGateway } from './support/gateway';
import { otherWriter } from './support/held-people';
import { present } from './support/present';
import {
  countOf,
  CREATE,
  goodValue,
  readBack,
  selectionOf,
  storedPeople,
  UPDATE,
  UPSERT,
  WRITABLE,
  writer,
} from './support/writing';
import { aroundReads, beforeRead, endless } from './support/reads';

const NOW = '2026-09-01T12:00:00.000Z';

describe.each(databases)('writing people on $name', (database) => {
  let gateway: TestGateway;
  let everything: TestCredential;
  let time: number;

  beforeAll(async () => {
    time = Date.parse(NOW);
    const clock = { now: () => new Date(time).toISOString() };
    gateway = await startTestGateway(database, { demo: true, clock, config: { requestsPerMinute: 0 } });
    everything = await writer(gateway);
  });

  afterAll(() => gateway.close());

  async function created(values: object, as = everything): Promise<string> {
    const { body } = await gateway.query(as, CREATE, { values });
    expect(body.errors).toBeUndefined();
    expect(body.data.createEmployee.userErrors).toEqual([]);
    return body.data.createEmployee.employee.id as string;
  }

  async function codesOf(answer: Promise<{ body: AnswerBody }>): Promise<string[]> {
    return ((await answer).body.errors ?? []).map(({ extensions }) => extensions.code);
  }

  describe('permissions', () => {
    test.each(WRITABLE)('%s is written by whoever may write it, and comes back to whoever may read it', async (key) => {
      const only = await writer(gateway, { readable: [key], writable: [key] });
      const value = key === 'email' ? `${database.name.toLowerCase()}@observatory.example` : goodValue(key);
      const { body } = await gateway.query(
        only,
        `mutation ($values: EmployeeInput!) { createEmployee(values: $values) { employee { id ${selectionOf(key)} } userErrors { code } } }`,
        { values: { [key]: value } },
      );
      expect(body.errors).toBeUndefined();
      const { employee } = body.data.createEmployee;
      expect(employee[key]).toEqual(key === 'email' ? value : readBack(key));
      const changes = await gateway.house.store.read(
        sql`SELECT attribute_key FROM employee_change WHERE employee_id = ${Number(employee.id)} ORDER BY sequence`,
      );
      expect(changes.map((row) => row['attribute_key'])).toEqual(['id', key]);
    });

    test.each(WRITABLE)(
      'naming %s without its permission refuses every mutation before anything else is said (L21, S4)',
      async (key) => {
        const others = await writer(gateway, {
          readable: [...WRITABLE, 'lastModifiedAt'],
          writable: WRITABLE.filter((other) => other !== key),
        });
        const before = await storedPeople(gateway);
        const write = jest.spyOn(gateway.house.store, 'write');
        const bad = { firstName: '\0', [key]: goodValue(key), email: key === 'email' ? 'x' : 'no address' };
        const wrongType = { ...bad, [key]: { wrong: ['type'] } };
        const rows = [
          { id: '1', values: {} },
          { id: '999999', version: 3, values: bad },
        ];
        const operations: [string, object][] = [
          [CREATE, { values: bad }],
          [CREATE, { values: { [key]: null } }],
          [CREATE, { values: wrongType }],
          [UPDATE, { id: '999999', values: bad }],
          [UPSERT, { rows, mode: 'PER_ROW' }],
          [
            `mutation ($v: EmployeeInput! = { ${key}: null }) { createEmployee(values: $v) { userErrors { code } } }`,
            {},
          ],
          [
            `mutation { a: updateEmployee(id: 1, values: { firstName: "changed" }) { userErrors { code } } b: updateEmployee(id: 1, values: { ${key}: null }) { userErrors { code } } }`,
            {},
          ],
        ];
        for (const [operation, variables] of operations) {
          const { body, status } = await gateway.query(others, operation, variables as Record<string, unknown>);
          expect(status).toBe(200);
          expect(body.data).toBeNull();
          expect(present(body.errors).map(({ extensions }) => [extensions.code, extensions['attribute']])).toEqual([
            ['ATTRIBUTE_FORBIDDEN', key],
          ]);
          expect(present(body.errors)[0]?.extensions['coordinate']).toBe(`EmployeeInput.${key}`);
        }
        expect(write).not.toHaveBeenCalled();
        write.mockRestore();
        expect(await storedPeople(gateway)).toBe(before);
      },
    );

    test('a termination is guarded by the same keys (L21)', async () => {
      const some = await writer(gateway, { writable: ['terminationDate'] });
      const operation =
        'mutation ($t: TerminationInput!) { terminateEmployee(id: 3, termination: $t) { userErrors { code } employee { terminationDate status } } }';
      const refused = await gateway.query(some, operation, {
        t: { terminationDate: '2026-10-01', terminationReason: 'x' },
      });
      expect(refused.body).toMatchObject({ data: null, errors: [{ extensions: { attribute: 'terminationReason' } }] });
      const done = await gateway.query(some, operation, { t: { terminationDate: '2026-10-01' } });
      expect(done.body.data.terminateEmployee.employee.terminationDate).toBe('2026-10-01');
      const undated = await gateway.query(everything, operation, { t: { terminationReason: 'x' } });
      expect(undated.body.data.terminateEmployee.userErrors).toEqual([{ code: 'REQUIRED' }]);
    });

    test('what the gateway keeps itself is in no input', async () => {
      for (const key of ['id', 'createdAt', 'lastModifiedAt', 'version', 'personnelNumber']) {
        const { status } = await gateway.query(everything, CREATE, { values: { [key]: '1' } });
        expect(status).toBe(400);
      }
    });

    test('the result of a write passes the read permissions (L20)', async () => {
      const blind = await writer(gateway, { readable: ['firstName'], writable: ['fixSalary', 'firstName'] });
      const answer = await gateway.query(
        blind,
        `mutation { updateEmployee(id: 7, values: { fixSalary: { amount: 123456.75, currency: "EUR" }, firstName: "Quill" }) {
          employee { x: firstName fixSalary { amount } lastName supervisor { firstName email } version } userErrors { message } } }`,
      );
      expect(answer.body.data.updateEmployee).toEqual({
        employee: { x: 'Quill', fixSalary: null, lastName: null, supervisor: null, version: null },
        userErrors: [],
      });
      const denied = present(answer.body.errors).map(({ extensions }) => extensions['attribute']);
      expect(denied).toEqual(['fixSalary', 'lastName', 'supervisor', 'email', 'lastModifiedAt']);
      expect(answer.text).not.toContain('123456');
    });

    test('without EMPLOYEES read a write is done and nothing of the person comes back (L20)', async () => {
      const mute = await gateway.credential({ read: [], write: ['EMPLOYEES'], writable: ['firstName'] });
      const { body } = await gateway.query(mute, UPDATE, { id: '8', values: { firstName: 'Mute' } });
      expect(body.data.updateEmployee).toEqual({ employee: null, userErrors: [] });
      expect(new Set(await codesOf(Promise.resolve({ body })))).toEqual(new Set(['MODULE_FORBIDDEN']));
      const [row] = await gateway.house.store.read(sql`SELECT first_name FROM employee WHERE id = 8`);
      expect(row?.['first_name']).toBe('Mute');
    });

    test('without EMPLOYEES write the whole operation is refused, whatever else it would write (S4)', async () => {
      const reader = await gateway.credential({ attributes: ['firstName'], write: ['ABSENCES'] });
      const before = await countOf(gateway, 'absence_type');
      const { body } = await gateway.query(
        reader,
        'mutation { createAbsenceType(name: "Never", unit: DAYS, paid: true) { userErrors { code } } updateEmployee(id: 1, values: {}) { userErrors { code } } }',
      );
      expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'MODULE_FORBIDDEN' } }] });
      expect(await countOf(gateway, 'absence_type')).toBe(before);
    });

    test('the version needs lastModifiedAt, to be read and to be compared', async () => {
      const some = await writer(gateway, { readable: ['firstName'] });
      expect(await codesOf(gateway.query(some, UPDATE, { id: '1', version: 1, values: {} }))).toEqual([
        'ATTRIBUTE_FORBIDDEN',
      ]);
    });

    test('an unknown custom attribute, a forbidden one and one out of use answer alike', async () => {
      const { store } = gateway.house;
      await store.write((manager) =>
        manager.query(`INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options, retired_at)
          VALUES ('retired', 'x', 'x', 'TEXT', 'LOW', '[]', '2026-01-01T00:00:00.000Z')`),
      );
      const some = await writer(gateway, { writable: ['custom.retired'] });
      const answers = [];
      for (const key of ['favouriteTeapot', 'notThere', 'retired']) {
        const { body } = await gateway.query(some, CREATE, { values: { customAttributes: [{ key, value: 'x' }] } });
        answers.push(
          present(body.errors).map(({ message, extensions }) => ({
            message,
            // Both tell what was asked for, in the client's own words.
            extensions: { ...extensions, attribute: '', link: '' },
          })),
        );
      }
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    });

    test('a write-only guess is never told to be right: unchanged counts as written', async () => {
      const blind = await writer(gateway, {
        readable: ['firstName', 'lastModifiedAt'],
        writable: ['weeklyWorkingHours', 'firstName'],
      });
      const id = await created({ weeklyWorkingHours: 30, firstName: 'Guess' });
      const [right, wrong] = [30, 31];
      const results = [];
      for (const weeklyWorkingHours of [right, wrong]) {
        const { body } = await gateway.query(blind, UPSERT, { rows: [{ id, values: { weeklyWorkingHours } }] });
        results.push(body.data.upsertEmployees.rows[0].status);
      }
      expect(results).toEqual(['UPDATED', 'UPDATED']);
      const open = await gateway.query(blind, UPSERT, { rows: [{ id, values: { firstName: 'Guess' } }] });
      expect(open.body.data.upsertEmployees.rows[0].status).toBe('UNCHANGED');
    });
  });

  describe('what is stored', () => {
    test('a taken email, a taken number and an overtaken version give the same bytes and name no field (L22, L23)', async () => {
      await created({ firstName: 'Owner', email: 'Taken@observatory.example' });
      await gateway.query(everything, CREATE, { values: { firstName: 'N' }, number: 'TAKEN-1' });
      const texts = [];
      for (const variables of [
        { values: { email: 'taken@OBSERVATORY.example' } },
        { values: { firstName: 'x' }, number: 'TAKEN-1' },
      ]) {
        texts.push((await gateway.query(everything, CREATE, variables)).text);
      }
      expect(texts[1]).toBe(texts[0]);
      const stale = await gateway.query(everything, UPDATE, { id: '1', version: 999, values: { firstName: 'x' } });
      expect(JSON.parse(texts[0] ?? '{}').errors[0].extensions).toEqual({ code: 'CONFLICT' });
      expect(present(stale.body.errors)[0]).toMatchObject({
        message: JSON.parse(texts[0] ?? '{}').errors[0].message,
        extensions: { code: 'CONFLICT' },
      });
      expect(texts.join()).not.toMatch(/email|taken@|TAKEN-1|unique|constraint/i);
    });

    test('of many that make the same number or email at once, one does', async () => {
      const numbers = Array.from({ length: 12 }, () =>
        gateway.query(everything, CREATE, { values: { firstName: 'R' }, number: 'RACE' }),
      );
      const emails = Array.from({ length: 12 }, () =>
        gateway.query(everything, CREATE, { values: { email: 'race@observatory.example' } }),
      );
      for (const answers of [await Promise.all(numbers), await Promise.all(emails)]) {
        const made = answers.filter(({ body }) => body.data?.createEmployee?.employee);
        expect(made).toHaveLength(1);
        expect(answers.filter(({ body }) => body.errors?.[0]?.extensions.code === 'CONFLICT')).toHaveLength(11);
      }
    });

    test('of many that change one version at once, one does', async () => {
      const id = await created({ firstName: 'V' });
      const answers = await Promise.all(
        Array.from({ length: 15 }, (_, at) =>
          gateway.query(everything, UPDATE, { id, version: 1, values: { firstName: `V${at}` } }),
        ),
      );
      expect(answers.filter(({ body }) => !body.errors)).toHaveLength(1);
      expect((await Promise.all(answers.map((answer) => codesOf(Promise.resolve(answer))))).flat()).toEqual(
        Array(14).fill('CONFLICT'),
      );
    });

    test('a circle of supervisors is refused, also one that two close at the same moment', async () => {
      const ids = await Promise.all(['A', 'B', 'C'].map((firstName) => created({ firstName })));
      const [a, b, c] = ids as [string, string, string];
      const set = (id: string, supervisor: string | null) =>
        gateway.query(everything, UPDATE, { id, values: { supervisor } });
      expect((await set(a, a)).body.data.updateEmployee.userErrors).toMatchObject([
        { field: ['supervisor'], code: 'CIRCLE' },
      ]);
      await set(b, a);
      await set(c, b);
      expect((await set(a, c)).body.data.updateEmployee.userErrors).toMatchObject([{ code: 'CIRCLE' }]);
      for (let round = 0; round < 10; round += 1) {
        await Promise.all([set(a, null), set(b, null)]);
        const answers = await Promise.all([set(a, b), set(b, a)]);
        const refused = answers.filter(({ body }) => body.data.updateEmployee.userErrors.length > 0);
        expect(refused).toHaveLength(1);
      }
      const batch = await gateway.query(everything, UPSERT, {
        mode: 'PER_ROW',
        rows: [
          { id: a, values: { supervisor: null } },
          { id: b, values: { supervisor: null } },
          { id: a, values: {} },
          { id: c, values: { supervisor: c } },
        ],
      });
      expect(
        batch.body.data.upsertEmployees.rows.map(
          ({ userErrors }: { userErrors: { code: string }[] }) => userErrors[0]?.code,
        ),
      ).toEqual([undefined, undefined, 'DUPLICATE', 'CIRCLE']);
    });

    test('everything that is wrong is told at once, by field, and nothing is written', async () => {
      const before = await storedPeople(gateway);
      const { body } = await gateway.query(everything, CREATE, {
        values: {
          firstName: 'x'.repeat(1001),
          email: 'nobody',
          hireDate: '2026-05-02',
          contractEndDate: '2026-05-01',
          fixSalary: { amount: -1, currency: 'EUR' },
          hourlySalary: { amount: 1, currency: 'XYZ' },
          profilePicture: 'javascript:alert(1)',
          costCenters: [{ name: 'A', percentage: 101 }],
          probationPeriodEnd: '0000-01-01',
          lastName: '\ud800',
          customAttributes: [
            { key: 'laptopCount', value: '3' },
            { key: 'shirtSize', value: 'HUGE' },
            { key: 'remote', value: 1 },
          ],
        },
      });
      const errors = body.data.createEmployee.userErrors as { field: string[]; code: string }[];
      expect(errors.map(({ field }) => field.join('.')).sort()).toEqual([
        'contractEndDate',
        'costCenters',
        'customAttributes.laptopCount',
        'customAttributes.remote',
        'customAttributes.shirtSize',
        'email',
        'firstName',
        'fixSalary',
        'hourlySalary',
        'lastName',
        'probationPeriodEnd',
        'profilePicture',
      ]);
      expect(await storedPeople(gateway)).toBe(before);
    });

    test('what changed stands in the history by name, and no value anywhere in it (L35)', async () => {
      const id = await created({
        firstName: 'History',
        position: 'Before',
        fixSalary: { amount: 77_001, currency: 'EUR' },
      });
      await gateway.query(everything, UPDATE, {
        id,
        values: {
          firstName: 'History',
          position: 'After',
          fixSalary: { amount: 77_001, currency: 'USD' },
          team: 'New team',
        },
      });
      await gateway.query(everything, UPDATE, {
        id,
        values: {
          customAttributes: [
            { key: 'shirtSize', value: null },
            { key: 'laptopCount', value: 4 },
          ],
          costCenters: [{ name: 'H', percentage: 1 }],
        },
      });
      const rows = await gateway.house.store.read(
        sql`SELECT * FROM employee_change WHERE employee_id = ${Number(id)} ORDER BY sequence`,
      );
      expect(rows.map((row) => row['attribute_key'])).toEqual([
        'id',
        'firstName',
        'position',
        'fixSalary',
        'position',
        'team',
        'fixSalary',
        'costCenters',
        'custom.laptopCount',
      ]);
      expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['at', 'attribute_key', 'employee_id', 'sequence']);
      expect(JSON.stringify(rows)).not.toMatch(/Before|After|77001|New team/);
    });
  });

  describe('a batch', () => {
    const statuses = (body: AnswerBody) =>
      body.data.upsertEmployees.rows.map(({ status }: { status: string }) => status);

    test('of 1,000 people is written in order, and again changes nobody', async () => {
      const rows = Array.from({ length: 1000 }, (_, at) => ({
        personnelNumber: `BATCH-${at}`,
        values: {
          firstName: `First ${at}`,
          lastName: 'Batch',
          department: `Dept ${at % 7}`,
          fixSalary: { amount: at, currency: 'EUR' },
        },
      }));
      const first = await gateway.query(everything, UPSERT, { rows });
      expect(statuses(first.body)).toEqual(Array(1000).fill('CREATED'));
      expect(
        first.body.data.upsertEmployees.rows.map(
          ({ employee }: { employee: { firstName: string } }) => employee.firstName,
        ),
      ).toEqual(rows.map(({ values }) => values.firstName));
      const again = await gateway.query(everything, UPSERT, { rows });
      expect(statuses(again.body)).toEqual(Array(1000).fill('UNCHANGED'));
      expect((await gateway.query(everything, UPSERT, { rows: [...rows, rows[0]] })).body.errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    });

    test('of 1,000 whole people is written', async () => {
      const people = Array.from({ length: 1000 }, (_, at) => `WHOLE-${at}`);
      const named = people.map((personnelNumber) => ({ personnelNumber, values: { firstName: 'New' } }));
      expect(statuses((await gateway.query(everything, UPSERT, { rows: named })).body)).toEqual(
        Array(1000).fill('CREATED'),
      );
      // Short texts: all of them in one body.
      const short = (value: unknown) => (typeof value === 'string' ? value.replace(/^Written .*/, 'x') : value);
      const values = Object.fromEntries(WRITABLE.map((key) => [key, short(goodValue(key))]));
      const rows = people.map((personnelNumber, at) => ({
        personnelNumber,
        values: { ...values, email: `${at}@whole.example` },
      }));
      expect(statuses((await gateway.query(everything, UPSERT, { rows })).body)).toEqual(Array(1000).fill('UPDATED'));
      const stored = await gateway.house.store.read(
        sql`SELECT count(*) AS people FROM employee WHERE email LIKE '%@whole.example' AND hourly_salary_amount = 98765.25`,
      );
      expect(Number(stored[0]?.['people'])).toBe(1000);
    });

    test('all or nothing: one bad row and nothing is written; per row: the good ones are', async () => {
      const rows = [
        { personnelNumber: 'P1', values: { firstName: 'Good' } },
        { id: '999999', values: { firstName: 'Nobody' } },
        { values: { firstName: 'Unclear' } },
        { personnelNumber: 'P2', values: { email: 'bad' } },
        { id: '2', values: { firstName: 'Changed' } },
      ];
      const before = await storedPeople(gateway);
      const none = await gateway.query(everything, UPSERT, { rows });
      expect(none.body.data.upsertEmployees.applied).toBe(false);
      expect(statuses(none.body)).toEqual(['NOT_APPLIED', 'REFUSED', 'REFUSED', 'REFUSED', 'NOT_APPLIED']);
      expect(await storedPeople(gateway)).toBe(before);
      const some = await gateway.query(everything, UPSERT, { rows, mode: 'PER_ROW' });
      expect(statuses(some.body)).toEqual(['CREATED', 'REFUSED', 'REFUSED', 'REFUSED', 'UPDATED']);
    });
  });

  describe('an idempotency key', () => {
    test('makes ten requests at once one person, and all ten answer the same', async () => {
      const before = await countOf(gateway, 'employee');
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          gateway.query(everything, CREATE, { values: { firstName: 'Once' }, key: 'k1' }),
        ),
      );
      expect(await countOf(gateway, 'employee')).toBe(before + 1);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    });

    test('is refused for another input, belongs to one credential, and is forgotten after 24 hours', async () => {
      const other = await writer(gateway);
      const send = (as: TestCredential, firstName: string) =>
        gateway.query(as, CREATE, { values: { firstName }, key: 'k2' });
      expect(await codesOf(send(everything, 'One'))).toEqual([]);
      expect(await codesOf(send(everything, 'Two'))).toEqual(['CONFLICT']);
      expect(await codesOf(send(other, 'Two'))).toEqual([]);
      time += 24 * 60 * 60 * 1000;
      expect(await codesOf(send(everything, 'Two'))).toEqual([]);
    });

    test('of a refused write may be used for the mended one, and keeps no value that was written', async () => {
      const send = (values: object) => gateway.query(everything, CREATE, { values, key: 'k3' });
      expect((await send({ email: 'bad' })).body.data.createEmployee.userErrors).toHaveLength(1);
      expect(
        (await send({ email: 'mended@observatory.example', lastName: 'Verymended' })).body.data.createEmployee
          .userErrors,
      ).toEqual([]);
      const rows = await gateway.house.store.read(sql`SELECT * FROM idempotency_key`);
      expect(JSON.stringify(rows)).not.toMatch(/mended/);
    });

    test('may come in the header', async () => {
      const before = await countOf(gateway, 'employee');
      for (let count = 0; count < 2; count += 1) {
        await gateway.fetch('/graphql', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: everything.authorization,
            'idempotency-key': 'h1',
          },
          body: JSON.stringify({ query: CREATE, variables: { values: { firstName: 'Header' } } }),
        });
      }
      expect(await countOf(gateway, 'employee')).toBe(before + 1);
    });

    test('answers again only to whoever may still read it (L20)', async () => {
      const one = await writer(gateway);
      await gateway.query(one, CREATE, { values: { firstName: 'Secretive' }, key: 'k4' });
      await gateway.house.store.write(async (manager) => {
        const where = `WHERE client_id = '${one.clientId}'`;
        await manager.query(
          `UPDATE credential_attribute SET can_read = ${database.name === 'SQLite' ? '0' : 'false'} WHERE attribute_key = 'firstName' AND credential_id = (SELECT id FROM credential ${where})`,
        );
        await manager.query(`UPDATE credential SET permission_version = permission_version + 1 ${where}`);
      });
      const again = await gateway.query(one, CREATE, { values: { firstName: 'Secretive' }, key: 'k4' });
      expect(again.body.data.createEmployee.employee.firstName).toBeNull();
      expect(again.text).not.toContain('Secretive');
    });
  });

  describe('switching off (S2)', () => {
    test('once a disable has answered, no write is kept, whenever it was sent', async () => {
      for (let round = 0; round < 5; round += 1) {
        const one = await writer(gateway);
        let isOff = false;
        const write = async () => {
          while (!isOff) await gateway.query(one, CREATE, { values: { firstName: `Late ${round}` } });
        };
        const writers = Array.from({ length: 6 }, write);
        await new Promise((resolve) => setTimeout(resolve, 60));
        await gateway.house.credentials.setEnabled(one.clientId, false);
        const atAnswer = await countOf(gateway, 'employee');
        const late = await Promise.all(
          Array.from({ length: 6 }, () => gateway.query(one, CREATE, { values: { firstName: 'Later' } })),
        );
        isOff = true;
        await Promise.all(writers);
        expect(late.map(({ status }) => status)).toEqual(Array(6).fill(401));
        expect(await countOf(gateway, 'employee')).toBe(atAnswer);
      }
    });

    test('a credential that is switched off after it was judged writes nothing', async () => {
      const one = await writer(gateway);
      const before = await countOf(gateway, 'employee');
      const { store, credentials } = gateway.house;
      const write = store.write.bind(store);
      let done = false;
      const spy = jest.spyOn(store, 'write').mockImplementation(async (work) => {
        if (!done) {
          done = true;
          await credentials.setEnabled(one.clientId, false);
        }
        return write(work);
      });
      const { status } = await gateway.query(one, CREATE, { values: { firstName: 'Never' } });
      spy.mockRestore();
      expect(status).toBe(401);
      expect(await countOf(gateway, 'employee')).toBe(before);
    });

    test('permissions that change between write and result: the write is kept once, and nothing of it is shown', async () => {
      const one = await writer(gateway);
      const before = await countOf(gateway, 'employee');
      const { store } = gateway.house;
      const restore = beforeRead(gateway.house, 'FROM employee', () =>
        store.write((manager) =>
          manager.query(
            `UPDATE credential SET permission_version = permission_version + 1 WHERE client_id = '${one.clientId}'`,
          ),
        ),
      );
      const { status, body } = await gateway.query(one, CREATE, { values: { firstName: 'Unseen' } });
      restore();
      expect(status).toBe(503);
      expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', written: true } }]);
      expect(await countOf(gateway, 'employee')).toBe(before + 1);
    });
  });

  if (database.name === 'PostgreSQL') {
    test('a credential that expires while its write waits for its row writes nothing (S2)', async () => {
      const expiresAt = new Date(time + 60_000).toISOString();
      const one = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName'], expiresAt });
      const before = await countOf(gateway, 'employee');
      const other = await otherWriter(gateway.house.config);
      try {
        await other.holdCredential(one.clientId, 'FOR NO KEY UPDATE');
        const writing = gateway.query(one, CREATE, { values: { firstName: 'Late' } });
        await other.isWaitedFor();
        time += 60_000;
        await other.end();
        expect((await writing).status).toBe(401);
        expect(await countOf(gateway, 'employee')).toBe(before);
      } finally {
        await other.end();
      }
    });

    test('people are held in the order of their ids, as everybody holds them, so that no two writers wait for each other', async () => {
      const [first, second] = [await created({ firstName: 'First' }), await created({ firstName: 'Second' })];
      const other = await otherWriter(gateway.house.config);
      try {
        await other.hold(Number(first));
        // Of different attributes, so that they are not written together.
        const rows = [
          { id: second, values: { firstName: 'Changed' } },
          { id: first, values: { lastName: 'Changed' } },
        ];
        const writing = gateway.query(everything, UPSERT, { rows });
        await other.isWaitedFor();
        await other.hold(Number(second));
        await other.end();
        const { body } = await writing;
        expect(body.data.upsertEmployees.rows).toMatchObject([{ status: 'UPDATED' }, { status: 'UPDATED' }]);
      } finally {
        await other.end();
      }
    });
  }

  describe('a write that is kept', () => {
    test('is told as such to a credential that is switched off after it', async () => {
      const one = await writer(gateway);
      const before = await countOf(gateway, 'employee');
      const off = () => gateway.house.credentials.setEnabled(one.clientId, false);
      const restore = beforeRead(gateway.house, 'FROM employee', off);
      const { status, body } = await gateway.query(one, CREATE, { values: { firstName: 'Unseen' } });
      restore();
      expect(status).toBe(401);
      expect(body.errors).toMatchObject([{ extensions: { code: 'CREDENTIAL_DISABLED', written: true } }]);
      expect(await countOf(gateway, 'employee')).toBe(before + 1);
    });

    test('is told as such when permissions change after it, and nobody can find out who asks', async () => {
      const hasty = await startTestGateway(database, { demo: true, config: { statementTimeoutMilliseconds: 500 } });
      const one = await writer(hasty);
      const before = await countOf(hasty, 'employee');
      let isChanged = false;
      const restore = aroundReads(hasty.house, async (statement, read) => {
        if (isChanged && statement.text.includes('s.mac')) return read(endless());
        if (!isChanged && statement.text.includes('FROM employee')) {
          isChanged = true;
          await hasty.house.store.write((manager) => manager.query('UPDATE credential SET permission_version = 9'));
        }
        return read(statement);
      });
      const { status, body } = await hasty.query(one, CREATE, { values: { firstName: 'Unseen' } });
      restore();
      expect([status, isChanged]).toEqual([503, true]);
      expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', written: true } }]);
      expect(await countOf(hasty, 'employee')).toBe(before + 1);
      await hasty.close();
    });

    test('is told as such when its result takes too long to read', async () => {
      const hasty = await startTestGateway(database, { demo: true, config: { statementTimeoutMilliseconds: 500 } });
      const one = await writer(hasty);
      const before = await countOf(hasty, 'employee');
      const restore = aroundReads(hasty.house, (statement, read) =>
        read(statement.text.includes('FROM employee') ? endless() : statement),
      );
      const { status, body } = await hasty.query(one, CREATE, { values: { firstName: 'Unseen' } });
      restore();
      expect(status).toBe(503);
      expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', written: true } }]);
      expect(await countOf(hasty, 'employee')).toBe(before + 1);
      await hasty.close();
    });

    test('is told as such when permissions change before it and after it', async () => {
      const one = await writer(gateway);
      const before = await countOf(gateway, 'employee');
      const { store } = gateway.house;
      const write = store.write.bind(store);
      const change = () =>
        write((manager) =>
          manager.query(
            `UPDATE credential SET permission_version = permission_version + 1 WHERE client_id = '${one.clientId}'`,
          ),
        );
      const spy = jest.spyOn(store, 'write').mockImplementationOnce(async (work) => {
        await change();
        return write(work);
      });
      const restore = beforeRead(gateway.house, 'FROM employee', change);
      const { status, body } = await gateway.query(one, CREATE, { values: { firstName: 'Unseen' } });
      restore();
      spy.mockRestore();
      expect(status).toBe(503);
      expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', written: true } }]);
      expect(await countOf(gateway, 'employee')).toBe(before + 1);
    });
  });

  describe('bad input', () => {
    const HOSTILE: readonly unknown[] = [
      '',
      ' ',
      '\0',
      '\ud800',
      "'; drop table employee; --",
      '${jndi:ldap://x}',
      '\u202e',
      'é'.repeat(5000),
      '1e999',
      'NaN',
      '0000-01-01',
      '10000-01-01',
      '2026-02-30',
      -1,
      0,
      1e308,
      Number.MAX_SAFE_INTEGER,
      2 ** 53,
      true,
      [],
      {},
      [[]],
      [null],
      null,
      { amount: 1e999, currency: '€' },
    ];

    test.each(WRITABLE)('no value of %s causes a 5xx or an INTERNAL error', async (key) => {
      for (const value of HOSTILE) {
        const { status, text } = await gateway.query(everything, CREATE, { values: { [key]: value } });
        expect(status).toBeLessThan(500);
        expect(text).not.toMatch(/"INTERNAL"|SQL|constraint/);
      }
    });

    test('no id, version, number, key or custom value does', async () => {
      for (const value of HOSTILE) {
        const operations: [string, Record<string, unknown>][] = [
          [UPDATE, { id: value, values: { firstName: 'x' } }],
          [UPDATE, { id: '1', version: value, values: { firstName: 'x' } }],
          [CREATE, { values: { firstName: 'x' }, number: value }],
          [CREATE, { values: { firstName: 'x' }, key: value }],
          [CREATE, { values: { customAttributes: [{ key: value, value: 'x' }] } }],
          [CREATE, { values: { customAttributes: [{ key: 'shirtSize', value }] } }],
          [CREATE, { values: { customAttributes: [{ key: 'laptopCount', value }] } }],
          [UPSERT, { rows: value, mode: value }],
        ];
        for (const [operation, variables] of operations) {
          const { status, text } = await gateway.query(everything, operation, variables);
          expect(status).toBeLessThan(500);
          expect(text).not.toContain('"INTERNAL"');
        }
      }
    });
  });
});
