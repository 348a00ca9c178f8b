import { setTimeout as sleep } from 'node:timers/promises';
import { workdaysIn } from '../src/absences/absence';
import { erasePerson } from '../src/protection/erasure.store';
import { runIn } from '../src/store/statement';
import { databases } from './support/database';
import { startTestGateway, type AnswerBody, type TestCredential, type TestGateway } from './support/gateway';
import { countOf } from './support/writing';
import { readsOf } from './support/reads';

const NOW = '2026-09-01T12:00:00.000Z';
const CREATE_ABSENCE = `mutation ($input: AbsenceInput!, $key: String) { createAbsence(input: $input, idempotencyKey: $key) {
  absence { id days hours status comment version type { name } employee { id firstName } } userErrors { field code } } }`;
const UPDATE_ABSENCE = `mutation ($id: ID!, $input: AbsenceChangeInput!, $version: Int) {
  updateAbsence(id: $id, input: $input, version: $version) { absence { id status version comment } userErrors { field code } } }`;
const CREATE_ATTENDANCES = `mutation ($rows: [AttendanceInput!]!, $mode: WriteMode, $key: String) {
  createAttendances(rows: $rows, mode: $mode, idempotencyKey: $key) {
    applied rows { index status attendance { id workedMinutes project employee { id } } userErrors { field code } } } }`;

describe.each(databases)('absences and attendances on $name', (database) => {
  let gateway: TestGateway;
  let hr: TestCredential;
  let vacation: string;
  let hourly: string;

  beforeAll(async () => {
    gateway = await startTestGateway(database, {
      demo: true,
      clock: { now: () => NOW },
      config: { requestsPerMinute: 0 },
    });
    hr = await gateway.credential({
      read: ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'],
      write: ['ABSENCES', 'ATTENDANCES'],
      attributes: ['firstName', 'absenceEntitlement', 'department'],
    });
    const { body } = await gateway.query(hr, '{ absenceTypes { id name unit paid } }');
    const types = body.data.absenceTypes as { id: string; name: string }[];
    vacation = types.find(({ name }) => name === 'Vacation')?.id ?? '';
    hourly = types.find(({ name }) => name === 'Cloud watching')?.id ?? '';
  });

  afterAll(() => gateway.close());

  const absence = (input: object, as = hr) =>
    gateway.query(as, CREATE_ABSENCE, {
      input: { type: vacation, startDate: '2030-01-07', endDate: '2030-01-11', ...input },
    });
  const codes = ({ body }: { body: AnswerBody }) => (body.errors ?? []).map(({ extensions }) => extensions.code);
  const problems = ({ body }: { body: AnswerBody }, field: string) =>
    (body.data[field].userErrors as { field: string[] | null; code: string }[]).map(({ field: path, code }) => [
      path?.join('.') ?? null,
      code,
    ]);

  describe('permissions', () => {
    const NESTED =
      '{ employees(first: 3) { nodes { id absences { totalCount nodes { id } } attendances { nodes { id } } absenceBalances { remaining } } } }';

    test('nested under people only with both modules (S3)', async () => {
      const both = await gateway.query(hr, NESTED);
      expect(both.body.errors).toBeUndefined();
      const people = await gateway.credential({ read: ['EMPLOYEES'] });
      const one = await gateway.query(people, NESTED);
      expect(one.body.data.employees.nodes[0]).toEqual({
        id: '1',
        absences: null,
        attendances: null,
        absenceBalances: null,
      });
      expect(codes(one)).toEqual(['MODULE_FORBIDDEN', 'MODULE_FORBIDDEN', 'MODULE_FORBIDDEN']);
    });

    test('a balance needs the entitlement that it comes from (L07)', async () => {
      const one = await gateway.credential({ read: ['EMPLOYEES', 'ABSENCES'] });
      const answer = await gateway.query(
        one,
        '{ employee(id: 1) { absenceBalances { remaining } absences { nodes { id } } } }',
      );
      expect(answer.body.data.employee.absenceBalances).toBeNull();
      expect(answer.body.errors).toMatchObject([
        { extensions: { code: 'ATTRIBUTE_FORBIDDEN', attribute: 'absenceEntitlement' } },
      ]);
    });

    test('who is away is told to whoever may read people, and nobody else', async () => {
      const one = await gateway.credential({ read: ['ABSENCES', 'ATTENDANCES'] });
      const answer = await gateway.query(
        one,
        '{ absences(first: 1) { nodes { startDate employee { id firstName } } } attendances(first: 1) { nodes { employee { id } } } }',
      );
      expect(answer.body.data.absences.nodes[0].employee).toBeNull();
      expect(answer.body.data.attendances.nodes[0].employee).toBeNull();
      expect(new Set(codes(answer))).toEqual(new Set(['MODULE_FORBIDDEN']));
    });

    test('a filter by a forbidden attribute of the person refuses the operation (L11, S4)', async () => {
      const asked = async (operation: string) => {
        const { result, statements } = await readsOf(gateway.house, () => gateway.query(hr, operation));
        expect(statements.filter((statement) => /FROM (absence|attendance)/.test(statement))).toEqual([]);
        return result;
      };
      for (const field of ['absences', 'attendances']) {
        const answer = await asked(`{ ${field}(filter: { employee: { lastName: { eq: "x" } } }) { totalCount } }`);
        expect(answer.body).toMatchObject({
          data: null,
          errors: [{ extensions: { code: 'ATTRIBUTE_FORBIDDEN', attribute: 'lastName' } }],
        });
        const nested = await asked(
          `{ employees { nodes { ${field}(filter: { employee: { not: { lastName: { isNull: true } } } }) { totalCount } } } }`,
        );
        expect(nested.body.data).toBeNull();
      }
    });

    test('each module is read and written by its own boxes', async () => {
      const wrong = await gateway.credential({
        read: ['EMPLOYEES', 'ATTENDANCES'],
        write: ['EMPLOYEES', 'ATTENDANCES'],
      });
      const read = await gateway.query(wrong, '{ absences { totalCount } absenceTypes { id } }');
      expect(read.body.data).toEqual({ absences: null, absenceTypes: null });
      expect(codes(read)).toEqual(['MODULE_FORBIDDEN', 'MODULE_FORBIDDEN']);
      const before = await countOf(gateway, 'absence');
      expect((await absence({ employee: '1' }, wrong)).body).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'MODULE_FORBIDDEN' } }],
      });
      expect(await countOf(gateway, 'absence')).toBe(before);
    });

    test('a write without the read box is done and nothing comes back (L20)', async () => {
      const mute = await gateway.credential({ read: ['EMPLOYEES'], write: ['ABSENCES', 'ATTENDANCES'] });
      const answer = await absence({ employee: '20', comment: 'silent' }, mute);
      expect(answer.body.data.createAbsence).toEqual({ absence: null, userErrors: [] });
      expect(answer.text).not.toContain('silent');
    });

    test('without EMPLOYEES read nobody can be named in a write', async () => {
      const blind = await gateway.credential({ read: ['ABSENCES'], write: ['ABSENCES'] });
      expect((await absence({ employee: '1' }, blind)).body).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'MODULE_FORBIDDEN', coordinate: 'AbsenceInput.employee' } }],
      });
    });
  });

  describe('absences', () => {
    test('are made, decided about and counted', async () => {
      const made = await absence({ employee: '10', startsAtNoon: true, comment: 'tea' });
      const { absence: one } = made.body.data.createAbsence;
      expect(one).toMatchObject({
        days: 4.5,
        hours: null,
        status: 'REQUESTED',
        version: 1,
        type: { name: 'Vacation' },
        employee: { id: '10' },
      });
      const approved = await gateway.query(hr, UPDATE_ABSENCE, {
        id: one.id,
        version: 1,
        input: { status: 'APPROVED', comment: null },
      });
      expect(approved.body.data.updateAbsence.absence).toEqual({
        id: one.id,
        status: 'APPROVED',
        version: 2,
        comment: null,
      });
      expect(
        codes(await gateway.query(hr, UPDATE_ABSENCE, { id: one.id, version: 1, input: { status: 'CANCELLED' } })),
      ).toEqual(['CONFLICT']);
      const back = await gateway.query(hr, UPDATE_ABSENCE, { id: one.id, input: { status: 'REQUESTED' } });
      expect(problems(back, 'updateAbsence')).toEqual([['status', 'NOT_ALLOWED']]);
      expect(codes(await gateway.query(hr, UPDATE_ABSENCE, { id: '999999', input: {} }))).toEqual(['NOT_FOUND']);
      const typeless = await gateway.query(hr, UPDATE_ABSENCE, { id: one.id, input: { type: '' } });
      expect(problems(typeless, 'updateAbsence')).toEqual([['type', 'UNKNOWN']]);
    });

    test('of somebody who is erased meanwhile are not changed, and nobody is told that they were', async () => {
      const { id } = (await absence({ employee: '17' })).body.data.createAbsence.absence;
      const { store } = gateway.house;
      const { change } = await store.write(async (manager) => {
        await erasePerson(runIn(manager, store.dialect), store.dialect, 17, NOW);
        const waiting = gateway.query(hr, UPDATE_ABSENCE, { id, input: { comment: 'late' } });
        await sleep(300);
        return { change: waiting };
      });
      expect(codes(await change)).toEqual(['NOT_FOUND']);
    });

    test('that overlap are refused, unless they are halves of one day or were taken back', async () => {
      await absence({ employee: '11', startDate: '2031-03-03', endDate: '2031-03-05', endsAtNoon: true });
      const over = (input: object) => absence({ employee: '11', ...input });
      expect(problems(await over({ startDate: '2031-03-05', endDate: '2031-03-05' }), 'createAbsence')).toEqual([
        [null, 'OVERLAP'],
      ]);
      expect(problems(await over({ startDate: '2031-02-01', endDate: '2031-04-01' }), 'createAbsence')).toEqual([
        [null, 'OVERLAP'],
      ]);
      expect(
        problems(await over({ startDate: '2031-03-04', endDate: '2031-03-04', status: 'REJECTED' }), 'createAbsence'),
      ).toEqual([]);
      const half = await over({ startDate: '2031-03-05', endDate: '2031-03-05', startsAtNoon: true });
      expect(half.body.data.createAbsence.absence.days).toBe(0.5);
      expect(
        problems(await absence({ employee: '12', startDate: '2031-03-03', endDate: '2031-03-05' }), 'createAbsence'),
      ).toEqual([]);
    });

    test('of many at the same moment, one is made', async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          absence({ employee: '13', startDate: '2032-01-05', endDate: `2032-01-${String(6 + at).padStart(2, '0')}` }),
        ),
      );
      expect(answers.filter((answer) => problems(answer, 'createAbsence').length === 0)).toHaveLength(1);
    });

    test('two that are moved into each other at the same moment do not meet', async () => {
      const made = await Promise.all(
        ['2033-01-03', '2033-03-01'].map((day) => absence({ employee: '14', startDate: day, endDate: day })),
      );
      const ids = made.map(({ body }) => body.data.createAbsence.absence.id as string);
      const moved = await Promise.all(
        ids.map((id) =>
          gateway.query(hr, UPDATE_ABSENCE, { id, input: { startDate: '2033-02-01', endDate: '2033-02-01' } }),
        ),
      );
      expect(moved.filter((answer) => problems(answer, 'updateAbsence').length === 0)).toHaveLength(1);
    });

    test('everything that is wrong is told at once', async () => {
      const bad = await absence({
        employee: '999999',
        type: 'x',
        startDate: '2030-01-07',
        endDate: '2030-01-01',
        hours: -1,
        comment: '\0',
      });
      expect(
        problems(bad, 'createAbsence')
          .map(([field]) => field)
          .sort(),
      ).toEqual(['comment', 'employee', 'endDate', 'hours', 'type']);
      expect(problems(await absence({ employee: '15', type: hourly }), 'createAbsence')).toEqual([
        ['hours', 'REQUIRED'],
      ]);
      expect(problems(await absence({ employee: '15', hours: 3 }), 'createAbsence')).toEqual([['hours', 'INVALID']]);
    });

    test('a balance is the entitlement less what was taken in the year', async () => {
      const { body } = await gateway.query(
        hr,
        '{ employees { nodes { id absenceEntitlement { type days } absenceBalances(year: 2026) { type entitled taken requested remaining } absences(filter: { from: "2026-01-01", to: "2026-12-31", status: [APPROVED] }) { nodes { startDate endDate startsAtNoon endsAtNoon type { name } } } } } }',
      );
      let checked = 0;
      for (const { absenceBalances, absences, absenceEntitlement } of body.data.employees.nodes) {
        expect(absenceBalances).toHaveLength(absenceEntitlement?.length ?? 0);
        for (const balance of absenceBalances) {
          const taken = absences.nodes
            .filter(({ type }: { type: { name: string } }) => type.name === balance.type)
            .reduce(
              (sum: number, one: Parameters<typeof workdaysIn>[0]) => sum + workdaysIn(one, '2026-01-01', '2026-12-31'),
              0,
            );
          expect(balance).toMatchObject({ taken, remaining: balance.entitled - taken });
          if (taken > 0) checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(10);
    });

    test('are found by person, period, status and type, page by page from both ends', async () => {
      const all = await gateway.query(
        hr,
        '{ absences(first: 1000, filter: { from: "2026-01-01", to: "2026-12-31", status: [APPROVED, REQUESTED] }) { totalCount nodes { id startDate endDate status } } }',
      );
      const { totalCount, nodes } = all.body.data.absences;
      expect(nodes.length).toBe(Math.min(totalCount, 1000));
      for (const node of nodes)
        expect(node.startDate <= '2026-12-31' && node.endDate >= '2026-01-01' && node.status !== 'REJECTED').toBe(true);
      const ids: string[] = [];
      let before: string | null = null;
      for (;;) {
        const page: AnswerBody = (
          await gateway.query(
            hr,
            'query ($before: String) { absences(last: 150, before: $before, filter: { from: "2026-01-01", to: "2026-12-31", status: [APPROVED, REQUESTED] }) { nodes { id } pageInfo { startCursor hasPreviousPage } } }',
            { before },
          )
        ).body;
        ids.unshift(...page.data.absences.nodes.map(({ id }: { id: string }) => id));
        if (!page.data.absences.pageInfo.hasPreviousPage) break;
        before = page.data.absences.pageInfo.startCursor;
      }
      expect(ids).toEqual(nodes.map(({ id }: { id: string }) => id));
      const none = await gateway.query(hr, '{ absences(filter: { status: [], type: ["1"] }) { totalCount } }');
      expect(none.body.data.absences.totalCount).toBe(0);
    });

    test('below people each has their own page, in one statement for all', async () => {
      const { result, statements } = await readsOf(gateway.house, () =>
        gateway.query(
          hr,
          '{ employees(first: 100) { nodes { id absences(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { id employee { id } } } } } }',
        ),
      );
      const { body } = result;
      expect(statements.filter((statement) => statement.includes('absence r'))).toHaveLength(1);
      for (const { id, absences } of body.data.employees.nodes) {
        expect(absences.nodes.every(({ employee }: { employee: { id: string } }) => employee.id === id)).toBe(true);
        expect(absences.nodes).toHaveLength(Math.min(2, absences.totalCount));
        expect(absences.pageInfo.hasNextPage).toBe(absences.totalCount > 2);
      }
    });

    test('a cursor of another list is refused (L17)', async () => {
      const { body } = await gateway.query(hr, '{ attendances(first: 1) { edges { cursor } } }');
      const answer = await gateway.query(hr, 'query ($c: String) { absences(after: $c) { nodes { id } } }', {
        c: body.data.attendances.edges[0].cursor,
      });
      expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    });

    test('that cannot be read below people are told in the order of the list, whichever was read first (S1)', async () => {
      const as = await gateway.credential({ read: ['EMPLOYEES', 'ABSENCES'], attributes: ['supervisor', 'lastName'] });
      const { body } = await gateway.query(
        as,
        '{ employees(first: 60, orderBy: [{ by: LAST_NAME }]) { nodes { supervisor { absences(after: "x") { totalCount } } } } }',
      );
      const places = (body.errors ?? []).map(({ path }) => Number(path?.[2]));
      expect(places.length).toBeGreaterThan(40);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    });

    test('a type has a name of its own, also when many make it at once', async () => {
      const make = () =>
        gateway.query(
          hr,
          'mutation { createAbsenceType(name: " Race ", unit: DAYS, paid: false) { absenceType { name paid } userErrors { code } } }',
        );
      const answers = await Promise.all(Array.from({ length: 8 }, make));
      expect(answers.filter(({ body }) => !body.errors)).toHaveLength(1);
      expect(answers.flatMap(codes)).toEqual(Array(7).fill('CONFLICT'));
    });
  });

  describe('attendances', () => {
    const row = (employee: string, from: string, to: string, more: object = {}) => ({
      employee,
      start: `2031-05-05T${from}:00.000Z`,
      end: `2031-05-05T${to}:00.000Z`,
      ...more,
    });
    const send = (rows: unknown, mode = 'ALL_OR_NOTHING', key: string | null = null) =>
      gateway.query(hr, CREATE_ATTENDANCES, { rows, mode, key });
    const statuses = ({ body }: { body: AnswerBody }) =>
      body.data.createAttendances.rows.map(({ status }: { status: string }) => status);

    test('are uploaded by the thousand, each once under its key', async () => {
      const rows = Array.from({ length: 1000 }, (_, at) => ({
        employee: String(30 + (at % 50)),
        start: new Date(Date.UTC(2032, 0, 1 + Math.floor(at / 50), 8)).toISOString(),
        end: new Date(Date.UTC(2032, 0, 1 + Math.floor(at / 50), 16, 30)).toISOString(),
        breakMinutes: 30,
      }));
      const before = await countOf(gateway, 'attendance');
      const first = await send(rows, 'ALL_OR_NOTHING', 'upload-1');
      expect(
        first.body.data.createAttendances.rows.every(
          ({ attendance }: { attendance: { workedMinutes: number } }) => attendance.workedMinutes === 480,
        ),
      ).toBe(true);
      expect((await send(rows, 'ALL_OR_NOTHING', 'upload-1')).text).toBe(first.text);
      expect(await countOf(gateway, 'attendance')).toBe(before + 1000);
    });

    test('that overlap what is stored or each other are refused; ends may meet', async () => {
      expect(
        statuses(await send([row('20', '08:00', '12:00'), row('20', '12:00', '16:00'), row('21', '08:00', '12:00')])),
      ).toEqual(['CREATED', 'CREATED', 'CREATED']);
      const bad = [row('20', '15:59', '17:00'), row('22', '08:00', '09:00'), row('22', '08:30', '09:30')];
      expect(statuses(await send(bad))).toEqual(['REFUSED', 'NOT_APPLIED', 'REFUSED']);
      expect(statuses(await send(bad, 'PER_ROW'))).toEqual(['REFUSED', 'CREATED', 'REFUSED']);
      const race = await Promise.all(Array.from({ length: 10 }, () => send([row('23', '08:00', '12:00')])));
      expect(race.map((answer) => statuses(answer)[0]).sort()).toEqual(['CREATED', ...Array(9).fill('REFUSED')]);
    });

    test('of one batch are each compared with their own person, however far apart they are', async () => {
      const day = (employee: string, date: string) => ({
        employee,
        start: `${date}T08:00:00.000Z`,
        end: `${date}T12:00:00.000Z`,
      });
      await send([day('26', '2031-06-01'), day('27', '2031-06-02')]);
      const rows = [
        day('26', '1900-01-01'),
        day('26', '2031-06-02'),
        day('27', '2031-06-02'),
        day('27', '2199-12-31'),
        day('27', '1900-01-01'),
        day('26', '2031-06-01'),
      ];
      const told = ['CREATED', 'CREATED', 'REFUSED', 'CREATED', 'CREATED', 'REFUSED'];
      expect(statuses(await send(rows, 'PER_ROW'))).toEqual(told);
    });

    test('are changed and removed, each version once', async () => {
      const made = await send([row('24', '08:00', '12:00', { project: ' Fog ' }), row('24', '13:00', '14:00')]);
      const [one] = made.body.data.createAttendances.rows;
      expect(one.attendance.project).toBe('Fog');
      const update = (input: object, version: number | null = null) =>
        gateway.query(
          hr,
          'mutation ($id: ID!, $input: AttendanceChangeInput!, $version: Int) { updateAttendance(id: $id, input: $input, version: $version) { attendance { end version project } userErrors { field code } } }',
          { id: one.attendance.id, input, version },
        );
      expect(problems(await update({ end: '2031-05-05T13:30:00.000Z' }), 'updateAttendance')).toEqual([
        [null, 'OVERLAP'],
      ]);
      expect(
        (await update({ end: '2031-05-05T12:30:00.000Z', project: null }, 1)).body.data.updateAttendance.attendance,
      ).toEqual({ end: '2031-05-05T12:30:00.000Z', version: 2, project: null });
      expect(codes(await update({ breakMinutes: 1 }, 1))).toEqual(['CONFLICT']);
      const remove = () =>
        gateway.query(hr, 'mutation ($id: ID!) { deleteAttendance(id: $id) { deleted } }', { id: one.attendance.id });
      expect((await remove()).body.data.deleteAttendance.deleted).toBe(true);
      expect(codes(await remove())).toEqual(['NOT_FOUND']);
    });

    test('that make no sense are told by field', async () => {
      const bad = await send([
        row('25', '12:00', '08:00'),
        row('25', '08:00', '09:00', { breakMinutes: 61 }),
        { employee: '25', start: '2031-05-05T08:00:00.000Z', end: '2031-05-07T08:00:00.000Z' },
        { employee: 'x', start: '1031-05-05T08:00:00.000Z', end: '2031-05-07T08:00:00.000Z', project: 'x'.repeat(201) },
      ]);
      const told = bad.body.data.createAttendances.rows.map(({ userErrors }: { userErrors: { field: string[] }[] }) =>
        userErrors.map(({ field }) => field[0]).sort(),
      );
      expect(told).toEqual([['end'], ['breakMinutes'], ['end'], ['employee', 'project', 'start']]);
    });

    test('a project that no database keeps is refused with a code, also where another one was asked for before', async () => {
      const ask = (project: readonly string[]) =>
        gateway.query(hr, 'query ($project: [String!]) { attendances(filter: { project: $project }) { totalCount } }', {
          project,
        });
      expect(codes(await ask(['Fog']))).toEqual([]);
      for (const project of ['\0', 'a\0b', '\ud800', 'x'.repeat(1_001)]) {
        expect(codes(await ask(['Fog', project]))).toEqual(['BAD_USER_INPUT']);
      }
    });
  });

  describe('lists in filters', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));
    const ABSENCES = 'query ($f: AbsenceFilter) { absences(filter: $f) { totalCount nodes { id } } }';
    const ATTENDANCES = 'query ($f: AttendanceFilter) { attendances(filter: $f) { totalCount nodes { id } } }';

    test.each([
      ['16,500 types', ABSENCES, { type: ids(16_500) }],
      ['1,001 types', ABSENCES, { type: ids(1_001) }],
      ['16,500 statuses', ABSENCES, { status: Array(16_500).fill('APPROVED') }],
      ['16,500 projects', ATTENDANCES, { project: ids(16_500) }],
      ['1,001 projects', ATTENDANCES, { project: ids(1_001) }],
    ])('of %s are refused with a code', async (_name, query, f) => {
      const answer = await gateway.query(hr, query, { f });
      expect(answer.status).toBeLessThan(500);
      expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    });

    test.each([
      ['absences', ABSENCES, { type: ids(1_000), status: Array(1_000).fill('APPROVED') }],
      ['attendances', ATTENDANCES, { project: ids(1_000) }],
    ])('of 1,000 entries find %s', async (_name, query, f) => {
      const answer = await gateway.query(hr, query, { f });
      expect({ status: answer.status, errors: answer.body.errors }).toEqual({ status: 200, errors: undefined });
    });

    test('are answered in any number below people, where a plan would put all of them into one statement', async () => {
      const fields = ids(40).map((at) => `a${at}: absences(filter: { type: $types }) { totalCount nodes { id } }`);
      const query = `query ($types: [ID!]) { employees(first: 1) { nodes { ${fields.join(' ')} } } }`;
      const answer = await gateway.query(hr, query, { types: ids(1_000) });
      expect({ status: answer.status, errors: answer.body.errors }).toEqual({ status: 200, errors: undefined });
    });
  });

  test('switched off, no write is kept (S2)', async () => {
    const one = await gateway.credential({ read: ['EMPLOYEES'], write: ['ATTENDANCES'] });
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
    const before = await countOf(gateway, 'attendance');
    const { status } = await gateway.query(one, CREATE_ATTENDANCES, {
      rows: [{ employee: '1', start: NOW, end: '2026-09-01T13:00:00.000Z' }],
    });
    spy.mockRestore();
    expect(status).toBe(401);
    expect(await countOf(gateway, 'attendance')).toBe(before);
  });

  test('no hostile value causes a 5xx or an INTERNAL error', async () => {
    const hostile = [
      '',
      '\0',
      '\ud800',
      "'; drop table absence; --",
      '0000-01-01',
      '10000-01-01',
      '2026-02-30',
      '+010000-01-01T00:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '2026-01-01T25:00:00Z',
      -1,
      1e308,
      2 ** 53,
      true,
      [],
      {},
      null,
      'é'.repeat(3000),
    ];
    for (const value of hostile) {
      const inputs = ['employee', 'type', 'startDate', 'endDate', 'startsAtNoon', 'hours', 'status', 'comment'].map(
        (field) => absence({ employee: '1', [field]: value }),
      );
      const rows = ['employee', 'start', 'end', 'breakMinutes', 'project', 'comment'].map((field) =>
        gateway.query(hr, CREATE_ATTENDANCES, {
          mode: 'PER_ROW',
          rows: [{ employee: '1', start: '2040-01-01T08:00:00Z', end: '2040-01-01T09:00:00Z', [field]: value }],
        }),
      );
      const finds = ['from', 'to', 'status', 'type', 'employee'].map((field) =>
        gateway.query(hr, 'query ($f: AbsenceFilter) { absences(filter: $f) { totalCount } }', {
          f: { [field]: value },
        }),
      );
      const others = [
        gateway.query(hr, 'query ($y: Int) { employee(id: 1) { absenceBalances(year: $y) { taken } } }', { y: value }),
        gateway.query(hr, UPDATE_ABSENCE, { id: value, version: value, input: {} }),
      ];
      for (const { status, text } of await Promise.all([...inputs, ...rows, ...finds, ...others])) {
        expect(status).toBeLessThan(500);
        expect(text).not.toMatch(/"INTERNAL"|SQL|constraint/);
      }
    }
  });
});

test.each([
  ['2026-01-05', '2026-01-09', false, false, 5],
  ['2026-01-05', '2026-01-09', true, true, 4],
  ['2026-01-09', '2026-01-12', false, false, 2],
  ['2026-01-10', '2026-01-11', false, false, 0],
  ['2026-01-10', '2026-01-12', true, false, 1],
  ['2026-01-05', '2026-01-05', true, false, 0.5],
  ['2025-12-22', '2026-01-02', false, false, 10],
] as const)(
  'from %s to %s (noon: %s, %s) there are %d workdays',
  (startDate, endDate, startsAtNoon, endsAtNoon, days) => {
    expect(workdaysIn({ startDate, endDate, startsAtNoon, endsAtNoon })).toBe(days);
  },
);
