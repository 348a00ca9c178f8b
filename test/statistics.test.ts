import { withhold, type CountedGroup } from '../src/employees/statistics/statistics';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { UPDATE, writer } from './support/writing';

interface Row extends Readonly<Record<string, unknown>> {
  readonly department: { readonly name: string } | null;
  readonly gender: string | null;
  readonly hireDate: string | null;
  readonly weeklyWorkingHours: number | null;
  readonly hourlySalary: { readonly amount: number; readonly currency: string } | null;
}

interface Group {
  readonly keys: readonly (string | null)[];
  readonly count: number;
  readonly measures: readonly { readonly value: number | null; readonly withheld: boolean }[];
}

const CUSTOM = ['custom.shirtSize', 'custom.remote', 'custom.languages'];
const ATTRIBUTES = ['department', 'gender', 'hireDate', 'weeklyWorkingHours', 'hourlySalary', ...CUSTOM];

describe.each(databases)('statistics on $name', (database) => {
  let gateway: TestGateway;
  let all: TestCredential;
  let people: readonly Row[];

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    all = await gateway.credential({ attributes: ATTRIBUTES });
    const { body } = await gateway.query(
      all,
      '{ employees(first: 1000) { nodes { department { name } gender hireDate weeklyWorkingHours hourlySalary { amount currency } } } }',
    );
    people = body.data.employees.nodes as Row[];
  });

  afterAll(() => gateway.close());

  const ask = async (query: string) => {
    const { body } = await gateway.query(all, query);
    expect(body.errors).toBeUndefined();
    return body.data.employeeStatistics as { groups: Group[]; withheldGroups: number; smallestGroup: number };
  };

  test('groups, counts and measures are those of plain JavaScript', async () => {
    const answer = await ask(`{ employeeStatistics(groupBy: [{ by: DEPARTMENT }], measures: [
      { of: WEEKLY_WORKING_HOURS, function: AVG }, { of: WEEKLY_WORKING_HOURS, function: SUM },
      { of: WEEKLY_WORKING_HOURS, function: MIN }, { of: WEEKLY_WORKING_HOURS, function: MAX } ]
    ) { smallestGroup withheldGroups groups { keys count measures { value withheld } } } }`);
    const expected = new Map<string | null, Row[]>();
    for (const person of people) {
      const key = person.department?.name ?? null;
      expected.set(key, [...(expected.get(key) ?? []), person]);
    }
    expect(answer.smallestGroup).toBe(5);
    expect(answer.groups.length + answer.withheldGroups).toBe(expected.size);
    expect(answer.groups.length).toBeGreaterThan(5);
    for (const { keys, count, measures } of answer.groups) {
      const members = expected.get(keys[0] ?? null) ?? [];
      const hours = members.flatMap(({ weeklyWorkingHours }) => weeklyWorkingHours ?? []);
      expect(count).toBe(members.length);
      const sum = hours.reduce((total, one) => total + one, 0);
      const values = [sum / hours.length, sum, Math.min(...hours), Math.max(...hours)];
      measures.forEach(({ value }, index) => expect(value).toBeCloseTo(values[index] ?? Number.NaN, 5));
    }
  });

  test('a filter narrows whom the numbers are about', async () => {
    const answer = await ask(
      '{ employeeStatistics(filter: { gender: { eq: FEMALE } }) { withheldGroups groups { keys count } } }',
    );
    expect(answer).toMatchObject({
      withheldGroups: 0,
      groups: [{ keys: [], count: people.filter(({ gender }) => gender === 'FEMALE').length }],
    });
  });

  test('dates are grouped by year or month, and custom attributes by value', async () => {
    const byYear = await ask('{ employeeStatistics(groupBy: [{ by: HIRE_DATE }]) { groups { keys count } } }');
    for (const { keys, count } of byYear.groups) {
      expect(people.filter(({ hireDate }) => (hireDate?.slice(0, 4) ?? null) === keys[0])).toHaveLength(count);
    }
    const bySize = await ask('{ employeeStatistics(groupBy: [{ custom: "shirtSize" }]) { groups { keys count } } }');
    expect(bySize.groups.map(({ keys }) => keys[0])).toContain('M');
    const byPlace = await ask('{ employeeStatistics(groupBy: [{ custom: "remote" }]) { groups { keys count } } }');
    expect(byPlace.groups.map(({ keys }) => keys[0])).toEqual(expect.arrayContaining(['true', 'false']));
  });

  test('nobody is grouped by tags, with a plan and without', async () => {
    const statistics = 'employeeStatistics(groupBy: [{ custom: "languages" }]) { groups { keys } }';
    for (const query of [`{ ${statistics} }`, `{ viewer { name } ${statistics} }`]) {
      const { body } = await gateway.query(all, query);
      expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test('a group of few people is withheld, and so is whatever would give it away', async () => {
    const { groups, withheldGroups } = await ask(
      '{ employeeStatistics(groupBy: [{ by: HIRE_DATE, part: MONTH }]) { withheldGroups groups { keys count } } }',
    );
    expect(withheldGroups).toBeGreaterThan(1);
    expect(groups.every(({ count }) => count >= 5)).toBe(true);
    const few = await ask(
      `{ employeeStatistics(filter: { id: { in: ["1", "2", "3", "4"] } }) { withheldGroups groups { count } } }`,
    );
    expect(few).toMatchObject({ withheldGroups: 1, groups: [] });
  });

  test('a measure of few values is withheld although the group is shown', async () => {
    const paid = people.filter(({ hourlySalary }) => hourlySalary !== null).length;
    expect(paid).toBeGreaterThan(5);
    const { groups } =
      await ask(`{ employeeStatistics(groupBy: [{ by: DEPARTMENT }], measures: [{ of: HOURLY_SALARY, function: MAX }]) {
      groups { keys count measures { value withheld } } } }`);
    const withheld = groups.filter(({ measures }) => measures[0]?.withheld);
    expect(withheld.length).toBeGreaterThan(0);
    expect(withheld.every(({ measures }) => measures[0]?.value === null)).toBe(true);
  });

  test('no number is kept that could not be measured, and the largest ones are, with a plan and without', async () => {
    const own = await startTestGateway(database, { demo: true });
    const everything = await writer(own);
    const written = async (id: number, amount: number) => {
      const values = {
        weeklyWorkingHours: -amount,
        vacationDayBalance: amount,
        hourlySalary: { amount, currency: 'EUR' },
        customAttributes: [{ key: 'laptopCount', value: amount }],
      };
      const { body } = await own.query(everything, UPDATE, { id: String(id), values });
      const { userErrors } = body.data.updateEmployee as { userErrors: { field: string[]; code: string }[] };
      return userErrors.map(({ field, code }) => `${field.join('.')} ${code}`);
    };
    const refused = ['weeklyWorkingHours', 'vacationDayBalance', 'hourlySalary', 'customAttributes.laptopCount'];
    for (const amount of [1e308, 1e16]) {
      expect(await written(1, amount)).toEqual(refused.map((field) => `${field} INVALID`));
    }
    const ids = [1, 2, 3, 4, 5, 6];
    for (const id of ids) expect(await written(id, 1e15)).toEqual([]);
    const measures = ['AVG', 'MAX', 'SUM'].map((name) => `{ of: HOURLY_SALARY, function: ${name} }`);
    const statistics = `employeeStatistics(filter: { id: { in: ["${ids.join('", "')}"] } }, measures: [${measures.join(', ')}])
      { groups { measures { value } } }`;
    // What asks for the viewer has no plan.
    for (const query of [`{ ${statistics} }`, `{ viewer { name } ${statistics} }`]) {
      const { body } = await own.query(everything, query);
      expect(body.errors).toBeUndefined();
      expect(body.data.employeeStatistics.groups).toEqual([
        { measures: [{ value: 1e15 }, { value: 1e15 }, { value: 6e15 }] },
      ]);
    }
    await own.close();
  });

  test.each([
    [
      'grouped',
      '{ employeeStatistics(groupBy: [{ by: FIX_SALARY_INTERVAL }]) { groups { count } } }',
      'EmployeeGrouping.FIX_SALARY_INTERVAL',
    ],
    [
      'measured',
      '{ employeeStatistics(measures: [{ of: FIX_SALARY, function: AVG }]) { groups { count } } }',
      'EmployeeMeasurable.FIX_SALARY',
    ],
    [
      'filtered',
      '{ employeeStatistics(filter: { fixSalary: { amount: { gt: 1 } } }) { groups { count } } }',
      'EmployeeFilter.fixSalary',
    ],
    [
      'custom',
      '{ employeeStatistics(groupBy: [{ custom: "allergies" }]) { groups { count } } }',
      'EmployeeGroupBy.custom',
    ],
  ])('what is %s needs its attribute (L15)', async (_name, query, coordinate) => {
    const { body } = await gateway.query(all, query);
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([{ extensions: { code: 'ATTRIBUTE_FORBIDDEN', coordinate } }]);
  });
});

describe('what is withheld', () => {
  const groups = (...counts: readonly number[]): CountedGroup[] =>
    counts.map((count, index) => ({ keys: [String(index)], count, measures: [] }));

  test.each([
    ['nothing when every group is large', groups(5, 6, 7), 0],
    ['two when one is small, because the total would tell the one', groups(3, 9, 20), 2],
    ['no more when several small ones are enough together', groups(3, 4, 20), 2],
    ['one more when they are not', groups(1, 2, 20, 30), 3],
    ['all when there is nothing to hide behind', groups(2), 1],
  ])('%s', (_name, counted, withheld) => {
    expect(withhold(counted, 5).withheldGroups).toBe(withheld);
  });
});
