import fc from 'fast-check';
import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import { CUSTOM_ATTRIBUTES } from '../src/demo/custom';
import { ORDER_FIELDS } from '../src/employees/find/employee-order.type';
import { erasePerson } from '../src/protection/erasure.store';
import { runIn } from '../src/store/statement';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { folded, Oracle, ordered, type Filter, type OrderKey, type Person, type Value } from './support/oracle';
import { present } from './support/present';
import { readsOf } from './support/reads';

const SELECTIONS: Readonly<Record<string, string>> = {
  MONEY: '{ amount currency }',
  EMPLOYEE: '{ id }',
  ORGANIZATION_UNIT: '{ id name }',
  COST_CENTERS: '{ id name percentage }',
  ABSENCE_ENTITLEMENT: '{ type days }',
};
const EVERYTHING = SYSTEM_ATTRIBUTES.map(({ key, type }) => `${key} ${SELECTIONS[type] ?? ''}`).join(' ');
const FIND = 'query ($filter: EmployeeFilter) { employees(filter: $filter, first: 1000) { nodes { id } totalCount } }';

describe.each(databases)('finding people on $name', (database) => {
  let gateway: TestGateway;
  let all: TestCredential;
  let oracle: Oracle;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    all = await gateway.credential({
      attributes: [
        ...SYSTEM_ATTRIBUTES.map(({ key }) => key),
        ...CUSTOM_ATTRIBUTES.map(({ name }) => `custom.${name}`),
      ],
    });
    const { body } = await gateway.query(
      all,
      `{ employees(first: 1000) { nodes { ${EVERYTHING} customAttributes { key value } } } }`,
    );
    oracle = new Oracle((body.data.employees.nodes as Served[]).map(personOf));
  });

  afterAll(() => gateway.close());

  const find = async (filter: Filter): Promise<string[]> => {
    const { status, body } = await gateway.query(all, FIND, { filter });
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    expect(body.data.employees.totalCount).toBe(body.data.employees.nodes.length);
    return (body.data.employees.nodes as { id: string }[]).map(({ id }) => id);
  };

  test('any filter finds whom plain JavaScript finds', async () => {
    let found = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(filters(oracle.people), async (filter) => {
        const expected = oracle.ids(filter);
        expect(await find(filter)).toEqual(expected);
        runs += 1;
        if (expected.length > 0 && expected.length < oracle.people.length) found += 1;
      }),
      { numRuns: 300 },
    );
    // Filters that mean nobody or everybody would show little.
    expect(found / runs).toBeGreaterThan(0.3);
  });

  test.each<[string, Filter]>([
    ['umlauts and case are ignored', { lastName: { contains: 'MULLER' } }],
    ['a percent sign is no wildcard', { lastName: { contains: '%' } }],
    ['an underscore is no wildcard', { lastName: { startsWith: '_' } }],
    ['a backslash escapes nothing', { lastName: { endsWith: '\\' } }],
    ['whoever has no value differs from any', { preferredName: { neq: 'Captain' } }],
    ['not is the exact opposite', { not: { preferredName: { eq: 'Captain' } } }],
    ['nobody is in an empty list', { status: { in: [] } }],
    ['everybody is outside an empty list', { status: { notIn: [] } }],
    ['an empty or means nobody', { or: [] }],
    ['an empty and means everybody', { and: [] }],
    ['who has a supervisor', { supervisor: {} }],
    ['who has none', { not: { supervisor: {} } }],
    ['three steps up', { supervisor: { supervisor: { supervisor: { department: { isNull: false } } } } }],
    ['an id of another shape is nobody’s', { id: { in: ['x', '-1', '99999999999', '1'] } }],
    ['two conditions on one list', { costCenters: { some: { percentage: { lt: 100 } }, none: { id: { eq: '1' } } } }],
    ['tags', { custom: [{ key: 'languages', hasTag: 'German' }] }],
    ['an operand of another type', { custom: [{ key: 'laptopCount', eq: 'two' }] }],
    ['1 is not true, though it is kept as 1', { custom: [{ key: 'remote', eq: 1 }] }],
    ['true is not 1', { custom: [{ key: 'laptopCount', in: [true] }] }],
    ['false is none of some numbers', { custom: [{ key: 'remote', notIn: [0, 1] }] }],
    ['an id with a zero in front is nobody’s', { id: { in: ['01', '2'] } }],
  ])('%s', async (_name, filter) => {
    expect(await find(filter)).toEqual(oracle.ids(filter));
  });

  const names = (count: number) => Array.from({ length: count }, (_, at) => `Name ${at}`);

  test.each<[string, Filter]>([
    ['33 lists of 1,000 texts', { or: Array<Filter>(33).fill({ firstName: { in: names(1_000) } }) }],
    [
      '10 lists of 1,000 texts and a text',
      { or: [...Array<Filter>(10).fill({ firstName: { in: names(1_000) } }), { lastName: { eq: 'x' } }] },
    ],
    ['a list of 1,001 texts', { firstName: { in: names(1_001) } }],
    ['1,000 empty filters', { and: Array<Filter>(1_000).fill({}) }],
    ['200 empty filters and what holds them', { or: Array<Filter>(200).fill({}) }],
  ])('a filter of %s is refused with a code', async (_name, filter) => {
    const { status, body } = await gateway.query(all, FIND, { filter });
    expect(status).toBeLessThan(500);
    expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test.each<[string, Filter]>([
    ['10,000 texts', { or: Array<Filter>(10).fill({ firstName: { in: names(1_000) } }) }],
    ['199 empty filters', { and: Array<Filter>(199).fill({}) }],
    ['199 empty filters in a list of which one must hold', { or: Array<Filter>(199).fill({}) }],
  ])('the largest filter, of %s, is answered, also where its statement holds it many times', async (_name, filter) => {
    const expected = oracle.ids(filter);
    expect(await find(filter)).toEqual(expected);
    const whole = await gateway.query(all, '{ employees(first: 250) { edges { cursor } } }');
    const edges = whole.body.data.employees.edges as { cursor: string }[];
    const { status, body } = await gateway.query(
      all,
      `query ($filter: EmployeeFilter, $after: String, $before: String) {
        employees(filter: $filter, after: $after, before: $before) {
          totalCount pageInfo { hasNextPage hasPreviousPage } nodes { id } } }`,
      { filter, after: edges[0]?.cursor, before: edges.at(-1)?.cursor },
    );
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    expect(body.data.employees.totalCount).toBe(expected.length);
  });

  const orderKeys: string[] = [
    ...Object.values(ORDER_FIELDS),
    ...CUSTOM_ATTRIBUTES.map(({ name }) => `custom.${name}`),
  ];

  test.each(orderKeys)('ordered by %s, page by page, as plain JavaScript orders', async (key) => {
    for (const direction of ['ASC', 'DESC'] as const) {
      for (const nulls of ['FIRST', 'LAST'] as const) {
        const keys: OrderKey[] = [
          { key, direction, nulls },
          { key: 'lastName', direction: 'DESC', nulls: 'FIRST' },
        ];
        const expected = ordered(oracle.people, keys);
        expect(await walk(keys, 'forwards', 120)).toEqual(expected);
        if (nulls === 'FIRST') expect(await walk(keys, 'backwards', 120)).toEqual(expected);
      }
    }
  });

  const PAGE = `query ($orderBy: [EmployeeOrder!], $first: Int, $after: String, $last: Int, $before: String) {
    employees(orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

  const walk = async (keys: readonly OrderKey[], way: 'forwards' | 'backwards', size: number): Promise<string[]> => {
    const orderBy = keys.map(argumentOf);
    let ids: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const page = way === 'forwards' ? { first: size, after: cursor } : { last: size, before: cursor };
      const { body } = await gateway.query(all, PAGE, { orderBy, ...page });
      expect(body.errors).toBeUndefined();
      const { nodes, pageInfo } = body.data.employees;
      const found = (nodes as { id: string }[]).map(({ id }) => id);
      ids = way === 'forwards' ? [...ids, ...found] : [...found, ...ids];
      const [onwards, back] =
        way === 'forwards'
          ? [pageInfo.hasNextPage, pageInfo.hasPreviousPage]
          : [pageInfo.hasPreviousPage, pageInfo.hasNextPage];
      expect(back).toBe(cursor !== null);
      if (!onwards) return ids;
      cursor = (way === 'forwards' ? pageInfo.endCursor : pageInfo.startCursor) as string;
    }
  };

  test('a window may be open at both ends, and says what lies beyond them', async () => {
    const ids = oracle.people.map(({ id }) => id);
    const whole = await gateway.query(all, '{ employees(first: 10) { edges { cursor } } }');
    const cursors = (whole.body.data.employees.edges as { cursor: string }[]).map(({ cursor }) => cursor);
    const between = { first: 3, after: cursors[2], before: cursors[8] };
    const { body } = await gateway.query(all, PAGE, between);
    expect(body.data.employees.nodes.map((node: { id: string }) => node.id)).toEqual(ids.slice(3, 6));
    expect(body.data.employees.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const fromEnd = await gateway.query(all, PAGE, { last: 3, after: cursors[2], before: cursors[8] });
    expect(fromEnd.body.data.employees.nodes.map((node: { id: string }) => node.id)).toEqual(ids.slice(5, 8));
    const first = await gateway.query(all, PAGE, { first: 3 });
    expect(first.body.data.employees.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const nobodyBefore = await gateway.query(
      all,
      `query ($after: String) { employees(first: 3, after: $after, filter: { id: { gt: "3" } }) { nodes { id } } }`,
      { after: cursors[0] },
    );
    expect(nobodyBefore.status).toBe(400);
  });

  test.each([
    ['one word', 'anna'],
    ['two words in different attributes', 'anna DESIGN'],
    ['an umlaut', 'MULLER'],
    ['nothing that is there', 'xyzzy'],
    ['blanks alone', '   '],
  ])('a search for %s finds who has each word somewhere', async (_name, search) => {
    const texts = [
      'firstName',
      'lastName',
      'preferredName',
      'email',
      'position',
      'terminationReason',
      'holidayCalendar',
      'workSchedule',
    ];
    const { body } = await gateway.query(
      all,
      'query ($search: String) { employees(search: $search, first: 1000) { nodes { id } } }',
      { search },
    );
    const customTexts = CUSTOM_ATTRIBUTES.filter(({ type }) => ['TEXT', 'MULTILINE', 'LIST'].includes(type)).map(
      ({ name }) => name,
    );
    const holds = (person: Person, word: string) =>
      [...texts.map((key) => person[key]), ...customTexts.map((name) => person.custom[name])].some(
        (text) => typeof text === 'string' && folded(text).includes(folded(word)),
      );
    const expected = oracle.people.filter((person) =>
      search
        .split(/\s+/)
        .filter(Boolean)
        .every((word) => holds(person, word)),
    );
    expect(body.data.employees.nodes.map((node: { id: string }) => node.id)).toEqual(expected.map(({ id }) => id));
  });

  test('totalCount is counted when it is asked for, and not before', async () => {
    const { statements } = await readsOf(gateway.house, () =>
      gateway.query(all, '{ employees(first: 1) { nodes { id } } }'),
    );
    expect(statements.some((statement) => statement.includes('AS total'))).toBe(false);
  });

  test('behind and before somebody who is erased since, only the order by id goes on', async () => {
    const orders = [[], [{ by: 'LAST_NAME' }], [{ by: 'LAST_NAME', nulls: 'FIRST' }], [{ custom: 'shirtSize' }]];
    const cursorIn = async (orderBy: object[]) => {
      const { body } = await gateway.query(
        all,
        `query ($orderBy: [EmployeeOrder!]) {
          employees(filter: { id: { eq: "9" } }, orderBy: $orderBy) { pageInfo { endCursor } } }`,
        { orderBy },
      );
      return body.data.employees.pageInfo.endCursor as string;
    };
    const cursors = await Promise.all(orders.map(cursorIn));
    const { store } = gateway.house;
    await store.write((manager) =>
      erasePerson(runIn(manager, store.dialect), store.dialect, 9, new Date().toISOString()),
    );
    for (const [index, orderBy] of orders.entries()) {
      for (const page of [{ after: cursors[index] }, { before: cursors[index] }]) {
        const { body } = await gateway.query(all, PAGE, { orderBy, first: 3, ...page });
        const codes = (body.errors ?? []).map(({ extensions }) => extensions.code);
        expect([orderBy, page, codes]).toEqual([orderBy, page, index === 0 ? [] : ['BAD_USER_INPUT']]);
      }
    }
  });
});

interface Served extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly customAttributes: readonly { readonly key: string; readonly value: Value }[];
}

function personOf({ customAttributes, ...attributes }: Served): Person {
  return {
    ...attributes,
    id: attributes.id,
    custom: Object.fromEntries(customAttributes.map(({ key, value }) => [key, value])),
  };
}

function argumentOf({ key, direction, nulls }: OrderKey): object {
  if (key.startsWith('custom.')) return { custom: key.slice('custom.'.length), direction, nulls };
  const [by] = present(Object.entries(ORDER_FIELDS).find(([, attribute]) => attribute === key));
  return { by, direction, nulls };
}

/** Filters over values that somebody has, so that they tell people apart. */
function filters(people: readonly Person[]): fc.Arbitrary<Filter> {
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf(people),
      fc.record({ not: tie('filter') }),
      fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ supervisor: tie('filter') }),
    ),
  }));
  return filter;
}

function leaf(people: readonly Person[]): fc.Arbitrary<Filter> {
  const system = SYSTEM_ATTRIBUTES.filter(({ key }) => key !== 'supervisor').map(({ key, type }) => {
    const values = people.map((person) => person[key]).filter((value) => value !== null && value !== undefined);
    return conditionOn(type, values).map((condition): Filter => ({ [key]: condition }));
  });
  const custom = CUSTOM_ATTRIBUTES.map(({ name, type }) => {
    const values = people.map((person) => person.custom[name]).filter((value) => value !== null && value !== undefined);
    const condition = type === 'TAGS' ? tag(values as string[][]) : conditionOn(type, values);
    return condition.map((said): Filter => ({ custom: [{ key: name, ...said }] }));
  });
  return fc.oneof(...system, ...custom);
}

function conditionOn(type: string, values: readonly unknown[]): fc.Arbitrary<Filter> {
  const parts = (name: string) =>
    values.flatMap((value) => [value].flat().map((one) => (one as Record<string, unknown>)[name]));
  switch (type) {
    case 'MONEY':
      return oneOfParts({ amount: scalar('DECIMAL', parts('amount')), currency: scalar('TEXT', parts('currency')) });
    case 'ORGANIZATION_UNIT':
      return oneOfParts({ id: scalar('ID', parts('id')), name: scalar('TEXT', parts('name')) });
    case 'COST_CENTERS':
      return listOf({ name: scalar('TEXT', parts('name')), percentage: scalar('DECIMAL', parts('percentage')) });
    case 'ABSENCE_ENTITLEMENT':
      return listOf({ type: scalar('TEXT', parts('type')), days: scalar('DECIMAL', parts('days')) });
    default:
      return scalar(type, values);
  }
}

function oneOfParts(parts: Record<string, fc.Arbitrary<Filter>>): fc.Arbitrary<Filter> {
  return fc.oneof(
    ...Object.entries(parts).map(([name, said]) => said.map((one): Filter => ({ [name]: one }))),
    fc.boolean().map((isNull): Filter => ({ isNull })),
  );
}

function listOf(parts: Record<string, fc.Arbitrary<Filter>>): fc.Arbitrary<Filter> {
  const item = fc.record(parts, { requiredKeys: [] });
  return fc.record({ some: item, none: item }, { requiredKeys: [] });
}

const RANGE = ['gt', 'gte', 'lt', 'lte'];
const PARTIAL = ['contains', 'startsWith', 'endsWith'];

function scalar(type: string, values: readonly unknown[]): fc.Arbitrary<Filter> {
  const value = fc.constantFrom(...values);
  const isText = ['TEXT', 'MULTILINE', 'LINK'].includes(type);
  const isRange = ['DECIMAL', 'INTEGER', 'DATE', 'DATE_TIME'].includes(type);
  const one = fc.constantFrom('eq', 'neq', ...(isRange ? RANGE : []));
  return fc.oneof(
    fc.tuple(one, value).map(([name, operand]): Filter => ({ [name]: operand })),
    ...(type === 'BOOLEAN'
      ? []
      : [
          fc
            .tuple(fc.constantFrom('in', 'notIn'), fc.array(value, { minLength: 1, maxLength: 3 }))
            .map(([name, operand]): Filter => ({ [name]: operand })),
        ]),
    ...(isText ? [partial(values as string[])] : []),
    ...(type === 'ID' ? [] : [fc.boolean().map((isNull): Filter => ({ isNull }))]),
  );
}

function partial(values: readonly string[]): fc.Arbitrary<Filter> {
  return fc
    .tuple(
      fc.constantFrom(...PARTIAL),
      fc.constantFrom(...values),
      fc.nat(4),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
    )
    .map(([name, value, from, length, upper]): Filter => {
      const part = [...value].slice(from, from + length).join('');
      return { [name]: upper ? part.toUpperCase().replaceAll('SS', 'ß') : part };
    });
}

function tag(values: readonly (readonly string[])[]): fc.Arbitrary<Filter> {
  return fc.constantFrom(...values.flat()).map((hasTag): Filter => ({ hasTag }));
}
