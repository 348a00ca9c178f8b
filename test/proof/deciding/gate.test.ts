import { GatewayError } from '../../../src/errors';
import { admit } from '../../../src/permissions/admit';
import { ArgumentUses } from '../../../src/permissions/argument-uses';
import type { AdminCaller, Caller } from '../../../src/permissions/caller';
import { decide, decideModule } from '../../../src/permissions/decide';
import { enforce, permits } from '../../../src/permissions/field-middleware';
import { judge, type Verdict } from '../../../src/permissions/gate';
import { ACTIONS, MODULES, NO_GRANTS } from '../../../src/permissions/grants';
import { refusedAsSent } from '../../../src/operations/refused-as-sent';
import { execute, type GraphQLObjectType } from 'graphql';
import { present } from '../../support/present';
import { credentialWith, grantsOf, operationOf, smallSchema } from './small-schema';
import { thrown } from './thrown';

const schema = smallSchema();
const ANONYMOUS: Caller = { kind: 'anonymous' };
const ADMIN: AdminCaller = {
  kind: 'admin',
  adminId: 'admin-1',
  email: 'owner@example.com',
  name: 'Owner',
  role: 'OWNER',
  sessionId: 'session-1',
  authenticatedAt: '2026-06-01T00:00:00.000Z',
};
const READS = { EMPLOYEES: { read: true, write: false } };
const low = credentialWith({ read: ['firstName', 'supervisor', 'custom.level'], modules: READS });

function found(text: string, caller: Caller = low, variables: Readonly<Record<string, unknown>> = {}): Verdict {
  return judge(operationOf(schema, text, variables), caller);
}

const coordinates = (denials: Verdict['denials']) => denials.map(({ coordinate }) => coordinate);

describe('deny by default (S3)', () => {
  test.each(MODULES.flatMap((module) => ACTIONS.map((action) => [module, action] as const)))(
    'the box of %s for %s decides, and no other',
    (module, action) => {
      const only = {
        ...NO_GRANTS,
        modules: { ...NO_GRANTS.modules, [module]: { ...NO_GRANTS.modules[module], [action]: true } },
      };
      for (const other of MODULES)
        for (const one of ACTIONS) {
          const isIt = other === module && one === action;
          expect(decideModule(only, other, one)).toEqual(
            isIt ? { allowed: true } : { allowed: false, reason: 'MODULE_FORBIDDEN', module: other, action: one },
          );
        }
    },
  );

  test('an attribute is allowed in the direction in which it is on the list, as long as the box is there', () => {
    const grants = grantsOf({ read: ['firstName'], write: ['lastName'] });
    expect(decide(grants, 'firstName', 'read')).toEqual({ allowed: true });
    expect(decide(grants, 'firstName', 'write')).toEqual({ allowed: false, reason: 'ATTRIBUTE_FORBIDDEN' });
    expect(decide(grants, 'lastName', 'write')).toEqual({ allowed: true });
    expect(decide(grants, 'lastName', 'read')).toEqual({ allowed: false, reason: 'ATTRIBUTE_FORBIDDEN' });
    expect(decide(grants, 'nobody knows it', 'read')).toEqual({ allowed: false, reason: 'ATTRIBUTE_FORBIDDEN' });
    const boxless = grantsOf({ read: ['firstName'], modules: {} });
    expect(decide(boxless, 'firstName', 'read')).toEqual({
      allowed: false,
      reason: 'MODULE_FORBIDDEN',
      module: 'EMPLOYEES',
      action: 'read',
    });
  });

  test('who reads people may read ids, and nobody may write one', () => {
    expect(decide(grantsOf({}), 'id', 'read')).toEqual({ allowed: true });
    expect(decide(grantsOf({ write: ['id'] }), 'id', 'write')).toEqual({
      allowed: false,
      reason: 'ATTRIBUTE_FORBIDDEN',
    });
    expect(decide(NO_GRANTS, 'id', 'read').allowed).toBe(false);
  });

  test('nobody has anything by NO_GRANTS', () => {
    for (const module of MODULES) expect(NO_GRANTS.modules[module]).toEqual({ read: false, write: false });
    expect(NO_GRANTS.attributes).toEqual({ read: new Set(), write: new Set() });
  });

  test('what has no guard is refused, whoever asks', () => {
    for (const caller of [low, ADMIN, ANONYMOUS]) {
      expect(() => found('{ unmapped }', caller)).toThrow(
        new GatewayError('FORBIDDEN', 'This field is not available.'),
      );
    }
    expect(() => found('{ employees { unmapped } }')).toThrow('This field is not available.');
    expect(() => found('{ employees(filter: { unmapped: { eq: "x" } }) { firstName } }')).toThrow(
      'This argument is not available.',
    );
  });
});

describe('who a root field is for (S5)', () => {
  const refusals = [
    ['a credential asks for what is for admins', '{ admins }', low, 'FORBIDDEN', /for admins: a credential/],
    [
      'an admin of another role asks',
      '{ admins }',
      { ...ADMIN, role: 'VIEWER' } as unknown as AdminCaller,
      'FORBIDDEN',
      /your role/,
    ],
    ['an admin asks for people', '{ employees { firstName } }', ADMIN, 'FORBIDDEN', /your role/],
    ['nobody known asks for people', '{ employees { firstName } }', ANONYMOUS, 'UNAUTHENTICATED', /who you are/],
    ['nobody known asks for what is for admins', '{ admins }', ANONYMOUS, 'UNAUTHENTICATED', /who you are/],
    ['nobody known asks for the schema', '{ __schema { description } }', ANONYMOUS, 'UNAUTHENTICATED', /who you are/],
  ] as const;

  test.each(refusals)('%s: refused', (_what, text, caller, code, message) => {
    const error = thrown(() => found(text, caller));
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(message);
  });

  test('whom it is for is let in, and what is for anyone is for anyone', () => {
    expect(found('{ admins }', ADMIN)).toMatchObject({
      refusals: [],
      denials: [],
      sections: new Set(['API_CREDENTIALS']),
    });
    expect(found('{ version }', ADMIN).sections).toEqual(new Set());
    for (const caller of [low, ADMIN, ANONYMOUS]) expect(found('{ version }', caller).denials).toEqual([]);
    expect(admit({ who: 'anyone' }, ANONYMOUS)).toEqual({ allowed: true });
    expect(admit({ who: 'admin', roles: ['OWNER'] }, ADMIN)).toEqual({ allowed: true });
    expect(admit({ who: 'credential' }, low)).toEqual({ allowed: true });
  });

  test('who asks about the schema is noted, and nothing is denied', () => {
    expect(found('{ __schema { description } }')).toMatchObject({ introspects: true, denials: [] });
    expect(found('{ __typename employees { __typename } }')).toMatchObject({ introspects: false, denials: [] });
    expect(found('{ __typename }', ANONYMOUS).introspects).toBe(false);
  });

  test('a credential without the box is denied the field, and nothing below it is looked at', () => {
    const { refusals, denials, attributes, asked } = found(
      '{ employees(filter: { fixSalary: { gt: 1 } }) { fixSalary { amount } firstName } }',
      credentialWith({ read: ['firstName'], modules: {} }),
    );
    expect(refusals).toEqual([]);
    expect(denials).toEqual([
      {
        reason: 'MODULE_FORBIDDEN',
        action: 'read',
        module: 'EMPLOYEES',
        attributes: [],
        coordinate: 'Query.employees',
        path: ['employees'],
      },
    ]);
    expect([...attributes, ...asked]).toEqual([]);
  });
});

describe('selections (L01, L02, L03, L04, L07)', () => {
  test('a denied one is named once with its path, and none of it is read', () => {
    const { denials, attributes, refusals } = found(
      '{ employees { firstName a: fixSalary { amount } b: fixSalary { amount } } }',
    );
    expect(denials).toEqual([
      {
        reason: 'ATTRIBUTE_FORBIDDEN',
        action: 'read',
        module: null,
        attributes: ['fixSalary'],
        coordinate: 'Employee.fixSalary',
        path: ['employees', '@', 'a'],
      },
    ]);
    expect(refusals).toEqual([]);
    expect([...attributes]).toEqual(['firstName']);
  });

  test('a derived one needs all that it comes from, and tells what is missing of it alone', () => {
    expect(found('{ employees { fullName } }').denials).toMatchObject([
      { attributes: ['lastName'], coordinate: 'Employee.fullName' },
    ]);
    expect([...found('{ employees { fullName } }').attributes]).toEqual([]);
    const all = credentialWith({ read: ['firstName', 'lastName'] });
    expect([...found('{ employees { fullName } }', all).attributes]).toEqual(['firstName', 'lastName']);
  });

  test.each([
    ['inline', '{ employees { ... on Employee { fixSalary { amount } } } }'],
    ['inline without a type', '{ employees { ... { fixSalary { amount } } } }'],
    ['named', '{ employees { ...F } } fragment F on Employee { fixSalary { amount } }'],
    [
      'in a fragment of a fragment',
      '{ ...Q } fragment Q on Query { employees { ...F } } fragment F on Named { ... on Employee { fixSalary { amount } } }',
    ],
    ['behind @include of a variable', 'query ($on: Boolean!) { employees { fixSalary @include(if: $on) { amount } } }'],
    [
      'behind @skip of a variable',
      'query ($on: Boolean!, $off: Boolean!) { employees { ... @skip(if: $off) { fixSalary { amount } } } }',
    ],
    ['on an interface', '{ named { ... on Employee { fixSalary { amount } } } }'],
    ['below a person of a person', '{ employees { supervisor { supervisor { fixSalary { amount } } } } }'],
  ])('a denied one is found: %s', (_where, text) => {
    expect(coordinates(found(text, low, { on: true, off: false }).denials)).toEqual(['Employee.fixSalary']);
  });

  test('what directives leave out is not there', () => {
    const text = `query ($on: Boolean!, $off: Boolean!) { employees { firstName
      a: fixSalary @include(if: $off) { amount } b: fixSalary @skip(if: $on) { amount } ... @skip(if: true) { c: fixSalary { amount } }
      d: fixSalary @include(if: true) @skip(if: true) { amount } ...F @include(if: false) } } fragment F on Employee { fixSalary { amount } }`;
    expect(found(text, low, { on: true, off: false }).denials).toEqual([]);
  });

  test('what a fragment says of other types is not there', () => {
    expect(found('{ employees { ...F firstName } } fragment F on Money { amount }').denials).toEqual([]);
    expect(found('{ employees { ... on Priced { amount } firstName } }').denials).toEqual([]);
    expect([...found('{ named { firstName ... on Employee { supervisor { firstName } } } }').attributes]).toEqual([
      'firstName',
      'supervisor',
    ]);
  });

  test('each custom attribute is judged by its key, and without keys the granted ones are meant', () => {
    const { denials, attributes } = found(
      '{ employees { customAttributes(keys: ["level", "secret", "other"]) { key } } }',
    );
    expect(denials.map((denial) => denial.attributes)).toEqual([['custom.secret'], ['custom.other']]);
    expect(denials.map(({ path }) => path)).toEqual([
      ['employees', '@', 'customAttributes'],
      ['employees', '@', 'customAttributes'],
    ]);
    expect([...attributes]).toEqual(['custom.level']);
    const all = found('{ employees { customAttributes { key } } }');
    expect([all.denials, [...all.attributes]]).toEqual([[], ['custom.level']]);
    expect([...found('{ employees { customAttributes(keys: null) { key } } }').attributes]).toEqual(['custom.level']);
  });

  test('records below a person need the box of their module and the attributes that they hang on', () => {
    const text = '{ employees { absences { comment } } }';
    expect(found(text).denials).toMatchObject([
      {
        reason: 'MODULE_FORBIDDEN',
        module: 'ABSENCES',
        action: 'read',
        attributes: [],
        path: ['employees', '@', 'absences'],
      },
    ]);
    expect([...found(text).attributes]).toEqual([]);
    const boxes = { ...READS, ABSENCES: { read: true, write: false } };
    const without = credentialWith({ read: [], modules: boxes });
    expect(found(text, without).denials).toMatchObject([{ reason: 'ATTRIBUTE_FORBIDDEN', attributes: ['supervisor'] }]);
    const { denials, attributes } = found(text, credentialWith({ read: ['supervisor'], modules: boxes }));
    expect([denials, [...attributes]]).toEqual([[], ['id', 'supervisor']]);
  });

  test('what is denied is told up to a thousand coordinates and keys, and beyond nothing is (S12)', () => {
    const text =
      'query ($keys: [String!]) { employees { customAttributes(keys: $keys) { key } again: customAttributes(keys: $keys) { key } } }';
    const asked = (count: number) => {
      const keys = Array.from({ length: count }, (_, index) => `k${index}`);
      return judge(operationOf(schema, text, { keys }), low);
    };
    expect(asked(1_000).denials).toHaveLength(1_000);
    const error = thrown(() => asked(1_001));
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 'DENIALS', most: 1_000 } });
    expect(error.message).toBe('The operation names too much that is denied.');
  });

  test('a strict credential is refused the whole operation', () => {
    const strict = { ...low, denialMode: 'STRICT' as const };
    expect(coordinates(found('{ employees { firstName fixSalary { amount } } }', strict).refusals)).toEqual([
      'Employee.fixSalary',
    ]);
    expect(found('{ employees { firstName } }', strict).refusals).toEqual([]);
  });
});

describe('arguments (L09, L10, L11, L13, L21, S4)', () => {
  const forbidden = [
    ['a filter', '{ employees(filter: { fixSalary: { gt: 1 } }) { firstName } }', 'Filter.fixSalary'],
    ['a filter of null', '{ employees(filter: { fixSalary: null }) { firstName } }', 'Filter.fixSalary'],
    [
      'a filter in a list in a list',
      '{ employees(filter: { and: [{ firstName: null }, { and: [{ fixSalary: { gt: 1 } }] }] }) { firstName } }',
      'Filter.fixSalary',
    ],
    ['an order', '{ employees(orderBy: [{ by: FIRST_NAME }, { by: FIX_SALARY }]) { firstName } }', 'By.FIX_SALARY'],
    ['a value of an enum that nobody mapped', '{ employees(orderBy: [{ by: NEW }]) { firstName } }', 'By.NEW'],
    ['an order by a custom attribute', '{ employees(orderBy: [{ custom: "secret" }]) { firstName } }', 'Order.custom'],
    [
      'a filter of a custom attribute',
      '{ employees(filter: { custom: [{ key: "level" }, { key: "secret", eq: "x" }] }) { firstName } }',
      'CustomFilter.key',
    ],
    ['a variable', 'query ($filter: Filter) { employees(filter: $filter) { firstName } }', 'Filter.fixSalary'],
    [
      'a variable within',
      'query ($n: Number) { employees(filter: { fixSalary: $n }) { firstName } }',
      'Filter.fixSalary',
    ],
    [
      'the argument of an alias',
      '{ firstName: employees(filter: { fixSalary: { gt: 1 } }) { firstName } }',
      'Filter.fixSalary',
    ],
  ] as const;

  test.each(forbidden)('%s that names a forbidden attribute refuses the whole operation', (_what, text, coordinate) => {
    const { refusals, denials, asked } = found(text, low, { filter: { fixSalary: { gt: 1 } }, n: { gt: 1 } });
    expect(refusals).toMatchObject([{ coordinate, reason: 'ATTRIBUTE_FORBIDDEN', action: 'read' }]);
    expect(denials).toEqual([]);
    expect([...asked]).not.toContain('fixSalary');
  });

  test('what is named is told, with the path of the field that it stands at', () => {
    const [refusal] = found('{ x: employees(filter: { fixSalary: { gt: 1 } }) { firstName } }').refusals;
    expect(refusal).toEqual({
      reason: 'ATTRIBUTE_FORBIDDEN',
      action: 'read',
      module: null,
      attributes: ['fixSalary'],
      coordinate: 'Filter.fixSalary',
      path: ['x'],
    });
  });

  test('an argument that stands for an attribute itself is judged by it', () => {
    const boxes = { ...READS, ABSENCES: { read: true, write: false } };
    const text = '{ employees { absences(filter: {}) { comment } } }';
    const reader = (read: readonly string[]) => credentialWith({ read, modules: boxes });
    expect(coordinates(found(text, reader(['supervisor'])).refusals)).toEqual(['Employee.absences(filter:)']);
    expect(found(text, reader(['supervisor', 'lastName'])).refusals).toEqual([]);
    expect(found('{ employees { absences { comment } } }', reader(['supervisor'])).refusals).toEqual([]);
  });

  test('what may be read may be asked, is noted, and is not read for the answer', () => {
    const { refusals, attributes, asked } = found(
      '{ employees(filter: { and: [{ firstName: { eq: "Ada" } }], custom: [{ key: "level" }] }, orderBy: [{ by: FIRST_NAME }]) { supervisor { firstName } } }',
    );
    expect(refusals).toEqual([]);
    expect([...asked]).toEqual(['firstName', 'custom.level']);
    expect([...attributes]).toEqual(['supervisor', 'firstName']);
  });

  test('an argument that is left out, and a variable that is, name nothing', () => {
    const text =
      'query ($filter: Filter, $by: By) { employees(filter: $filter, orderBy: [{ by: $by }]) { firstName } }';
    expect(found(text).refusals).toEqual([]);
    expect(found('{ employees(filter: null) { firstName } }').refusals).toEqual([]);
  });

  test('writing needs the list for writing', () => {
    const writer = credentialWith({
      read: ['fixSalary', 'firstName'],
      write: ['firstName'],
      modules: { EMPLOYEES: { read: true, write: true } },
    });
    const { refusals, asked } = found(
      'mutation { update(values: { firstName: "A", fixSalary: 1 }, keys: ["a"]) { firstName } }',
      writer,
    );
    expect(refusals.map(({ coordinate, action }) => [coordinate, action])).toEqual([
      ['Values.fixSalary', 'write'],
      ['Mutation.update(keys:)', 'write'],
    ]);
    expect(refusals.map(({ attributes }) => attributes)).toEqual([['fixSalary'], ['custom.a']]);
    expect([...asked]).toEqual([]);
  });

  test('of several writes none is done when one may not be, and what they answer is denied as ever', () => {
    const writer = credentialWith({
      read: ['firstName'],
      write: ['firstName'],
      modules: { EMPLOYEES: { read: true, write: true } },
    });
    const both = found(
      'mutation { update(values: { firstName: "A" }) { firstName fixSalary { amount } } create { firstName } }',
      writer,
    );
    expect(coordinates(both.refusals)).toEqual(['Mutation.create']);
    expect(both.refusals).toMatchObject([{ module: 'ABSENCES', action: 'write', reason: 'MODULE_FORBIDDEN' }]);
    const one = found('mutation { update(values: { firstName: "A" }) { firstName fixSalary { amount } } }', writer);
    expect(one.refusals).toEqual([]);
    expect(coordinates(one.denials)).toEqual(['Employee.fixSalary']);
  });

  test('what admins say can name no attribute', () => {
    expect(found('{ admins(filter: { fixSalary: { gt: 1 } }) }', ADMIN)).toMatchObject({
      refusals: [],
      asked: new Set(),
    });
  });

  test('more values than one operation may carry are not walked (S12)', () => {
    const uses = new ArgumentUses(new Set());
    const field = present((schema.getQueryType() as GraphQLObjectType).getFields()['employees']);
    const filters = (count: number) => ({
      filter: { and: Array.from({ length: count }, () => ({ firstName: null })) },
    });
    expect(uses.of('Query', field, filters(99_998))).toHaveLength(99_998);
    const error = thrown(() => uses.of('Query', field, { first: 5 }));
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 'ARGUMENT_VALUES', most: 100_000 } });
    expect(error.message).toBe('The arguments hold too many values.');
  });

  test('variables that do not fit are refused for what they name before they are called wrong', () => {
    const text = 'query ($filter: Filter) { employees(filter: $filter) { firstName } }';
    const refused = refusedAsSent(operationOf(schema, text, { filter: { fixSalary: 'x' } }), low);
    expect(refused && coordinates(refused.refusals)).toEqual(['Filter.fixSalary']);
    expect(refusedAsSent(operationOf(schema, text, { filter: { firstName: 1 } }), low)).toBeUndefined();
    expect(
      refusedAsSent(operationOf(schema, 'query ($n: Int!) { employees(first: $n) { firstName } }'), low),
    ).toBeUndefined();
    expect(() => refusedAsSent(operationOf(schema, '{ admins }'), low)).toThrow('This is for admins');
  });
});

describe('around every resolver (S1)', () => {
  const person: object = {
    firstName: 'Ada',
    lastName: 'L',
    fixSalary: { amount: 1 },
    unmapped: 'x',
    customAttributes: [{ key: 'level' }],
  };

  async function answer(text: string, caller: Caller, assertLive: () => void = () => undefined) {
    const guarded = enforce(smallSchema());
    return execute({
      ...operationOf(guarded, text),
      rootValue: {
        employees: [{ ...person, supervisor: person, absences: [[{ comment: 'c' }]] }],
        unmapped: 'x',
        version: '1',
      },
      contextValue: { caller, assertLive },
    });
  }

  test('what is denied is null, at any depth, whatever the gate said', async () => {
    const { data, errors } = await answer(
      '{ employees { firstName lastName x: fixSalary { amount } supervisor { fixSalary { amount } firstName } absences { comment } unmapped } unmapped }',
      low,
    );
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      employees: [
        {
          firstName: 'Ada',
          lastName: null,
          x: null,
          supervisor: { fixSalary: null, firstName: 'Ada' },
          absences: null,
          unmapped: null,
        },
      ],
      unmapped: null,
    });
  });

  test('who may read sees the values', async () => {
    const reader = credentialWith({
      read: ['firstName', 'lastName', 'fixSalary', 'supervisor'],
      modules: { ...READS, ABSENCES: { read: true, write: false } },
    });
    const { data } = await answer(
      '{ employees { fixSalary { amount } absences { comment } customAttributes { key } } }',
      reader,
    );
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      employees: [{ fixSalary: { amount: 1 }, absences: [[{ comment: 'c' }]], customAttributes: [{ key: 'level' }] }],
    });
  });

  test('each caller is decided for itself, in whatever order they come', async () => {
    const guarded = enforce(smallSchema());
    const names = credentialWith({ read: ['lastName'], modules: READS });
    const ask = async (caller: Caller) => {
      const contextValue = { caller, assertLive: () => undefined };
      const { data } = await execute({
        ...operationOf(guarded, '{ employees { firstName lastName } }'),
        rootValue: { employees: [person] },
        contextValue,
      });
      return JSON.parse(JSON.stringify(data)) as object;
    };
    const [first, second] = [
      { employees: [{ firstName: 'Ada', lastName: null }] },
      { employees: [{ firstName: null, lastName: 'L' }] },
    ];
    expect([await ask(low), await ask(names), await ask(low), await ask(names)]).toEqual([
      first,
      second,
      first,
      second,
    ]);
  });

  test('nothing is resolved once the credential is off (L40)', async () => {
    const { data, errors } = await answer('{ employees { firstName } version }', low, () => {
      throw new Error('off');
    });
    expect(JSON.parse(JSON.stringify(data))).toEqual({ employees: null, version: null });
    expect(errors).toHaveLength(2);
  });

  test('what describes the schema is left alone', async () => {
    expect((await answer('{ __type(name: "Money") { name } }', low)).data).toMatchObject({ __type: { name: 'Money' } });
  });

  test('what comes of several attributes needs each of them', () => {
    const both = credentialWith({ read: ['firstName', 'lastName'], modules: READS });
    for (const attributes of [['firstName', 'lastName'], ['lastName', 'firstName'], ['lastName']] as const) {
      expect([
        permits({ kind: 'attributes', attributes }, low),
        permits({ kind: 'attributes', attributes }, both),
      ]).toEqual([false, true]);
    }
  });

  test('admins and strangers read no attribute', () => {
    for (const caller of [ADMIN, ANONYMOUS]) {
      expect(permits({ kind: 'attributes', attributes: ['firstName'] }, caller)).toBe(false);
      expect(permits({ kind: 'attributes', attributes: [] }, caller)).toBe(false);
      expect(permits({ kind: 'module', module: 'ABSENCES', attributes: [] }, caller)).toBe(false);
      expect(permits({ kind: 'customAttributes' }, caller)).toBe(false);
      expect(permits({ kind: 'structure' }, caller)).toBe(true);
    }
    expect(permits({ kind: 'customAttributes' }, credentialWith({ modules: {} }))).toBe(false);
    expect(permits({ kind: 'customAttributes' }, low)).toBe(true);
    expect(
      permits({ kind: 'root', audience: { who: 'credential', module: { name: 'ABSENCES', action: 'read' } } }, low),
    ).toBe(false);
    expect(permits({ kind: 'root', audience: { who: 'credential' } }, low)).toBe(true);
    const absences = credentialWith({ modules: { ABSENCES: { read: true, write: true } } });
    expect(permits({ kind: 'module', module: 'ABSENCES', attributes: ['id'] }, absences)).toBe(false);
  });
});
