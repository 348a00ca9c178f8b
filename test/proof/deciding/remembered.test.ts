import { Consequences } from '../../../src/operations/consequences';
import { KnownOperations } from '../../../src/operations/known-operations';
import { opaqueVariables } from '../../../src/operations/opaque-variables';
import { judge } from '../../../src/permissions/gate';
import type { PublicAddress } from '../../../src/public-address';
import { credentialWith, operationOf, smallSchema } from './small-schema';

const schema = smallSchema();
const TEXT =
  'query ($name: String, $filter: Filter, $first: Int) { employees(filter: { firstName: { eq: $name }, and: [$filter] }, first: $first) { firstName } }';

describe('a decision that is remembered (L29, L30)', () => {
  const parsed = operationOf(schema, TEXT);
  const caller = credentialWith({ read: ['firstName'], write: ['lastName'] });
  const variables = { name: 'Ada', filter: { firstName: null }, first: 5 };

  function known(): KnownOperations<object> {
    const operations = new KnownOperations<object>(() => 0);
    operations.add(parsed, caller, variables, { kept: true });
    return operations;
  }

  test('is found for the same grants, whoever has them, and by the operation’s text', () => {
    const operations = known();
    expect(operations.judgement(parsed, caller, variables)).toEqual({ kept: true });
    const same = credentialWith(
      { read: ['firstName'], write: ['lastName'] },
      { credentialId: 'other', clientId: 'other' },
    );
    expect(operations.judgement(parsed, same, variables)).toEqual({ kept: true });
    const [one, other] = [
      { read: ['firstName', 'lastName'], write: ['position', 'lastName'] },
      { read: ['lastName', 'firstName'], write: ['lastName', 'position'] },
    ];
    operations.add(parsed, credentialWith(one), variables, { ordered: true });
    expect(operations.judgement(parsed, credentialWith(other), variables)).toEqual({ ordered: true });
    expect(operations.find(TEXT, undefined)?.operation).toBe(parsed.operation);
    expect(operations.find(TEXT, 'Named')).toBeUndefined();
    expect(operations.find(`${TEXT} `, undefined)).toBeUndefined();
  });

  test('is forgotten when the texts of all that is remembered are a million characters together (S12)', () => {
    const operations = new KnownOperations<object>(() => 0);
    const long = (number: number) => `${'#'.repeat(100_000 - TEXT.length - 2)}${number}\n${TEXT}`;
    const added = Array.from({ length: 12 }, (_, number) => operationOf(schema, long(number + 10)));
    for (const one of added) operations.add(one, caller, variables, {});
    expect(operations.figures.size).toBe(10);
    expect(added.map((one) => operations.judgement(one, caller, variables) !== undefined)).toEqual([
      ...Array.from({ length: 2 }, () => false),
      ...Array.from({ length: 10 }, () => true),
    ]);
  });

  test('is forgotten when the values that it depends on are a million characters together, and a long one is not remembered (S12)', () => {
    const operations = new KnownOperations<object>(() => 0);
    const filtered = (number: number, length: number) => ({
      ...variables,
      filter: { firstName: { eq: `${number}${'x'.repeat(length)}` } },
    });
    const isKnown = (number: number, length: number) =>
      operations.judgement(parsed, caller, filtered(number, length)) !== undefined;
    for (let number = 10; number < 22; number += 1) operations.add(parsed, caller, filtered(number, 100_000), {});
    expect(operations.figures.size).toBe(10);
    expect([isKnown(10, 100_000), isKnown(11, 100_000), isKnown(12, 100_000)]).toEqual([false, false, true]);
    operations.add(parsed, caller, filtered(1, 900_000), {});
    expect([operations.figures.size, isKnown(1, 900_000), isKnown(21, 100_000)]).toEqual([10, false, true]);
    const text = `${'#'.repeat(900_000)}\n${TEXT}`;
    operations.add(operationOf(schema, text), caller, variables, {});
    expect([operations.find(text, undefined), operations.find(TEXT, undefined)?.text]).toEqual([undefined, TEXT]);
  });

  test('counts with what it holds (S12)', () => {
    const operations = new KnownOperations<{ readonly size: number }>(({ size }) => size);
    const of = (first: number) => ({ ...variables, first });
    for (let first = 0; first < 12; first += 1) operations.add(parsed, caller, of(first), { size: 100_000 });
    expect(operations.figures.size).toBe(10);
    operations.add(parsed, caller, of(100), { size: 200_000 });
    expect(operations.judgement(parsed, caller, of(100))).toBeUndefined();
    expect(operations.judgement(parsed, caller, of(11))).toEqual({ size: 100_000 });
  });

  test('holds nothing of whoever asked first', () => {
    const operations = new KnownOperations<object>(() => 0);
    operations.add({ ...parsed, caller } as typeof parsed, caller, variables, {});
    expect(Object.keys(operations.find(TEXT, undefined) ?? {}).sort()).toEqual([
      'document',
      'number',
      'opaque',
      'operation',
      'operationName',
      'schema',
      'text',
    ]);
  });

  test.each([
    ['to read more', credentialWith({ read: ['firstName', 'fixSalary'], write: ['lastName'] })],
    ['to read less', credentialWith({ read: [], write: ['lastName'] })],
    ['to write what the other reads', credentialWith({ read: ['lastName'], write: ['firstName'] })],
    ['to write less', credentialWith({ read: ['firstName'] })],
    [
      'on other modules',
      credentialWith({ read: ['firstName'], write: ['lastName'], modules: { ABSENCES: { read: true, write: true } } }),
    ],
    ['and is strict', { ...caller, denialMode: 'STRICT' as const }],
  ])('is not found for who has permissions %s', (_what, other) => {
    expect(known().judgement(parsed, other, variables)).toBeUndefined();
  });

  test.each([
    ['another value of one that decides', { ...variables, first: 6 }],
    ['another filter', { ...variables, filter: { fixSalary: null } }],
    ['none of one that decides', { name: 'Ada', first: 5 }],
    ['null for one that had a value', { ...variables, name: null }],
    ['none for one that had a value', { filter: variables.filter, first: 5 }],
    ['null for one that decides', { ...variables, first: null }],
  ])('is not found for %s', (_what, others) => {
    expect(known().judgement(parsed, caller, others)).toBeUndefined();
  });

  test('is found for another operand, because no decision depends on it', () => {
    expect(known().judgement(parsed, caller, { ...variables, name: 'Ben' })).toEqual({ kept: true });
    expect(known().judgement(parsed, caller, { ...variables, unknown: 1 })).toEqual({ kept: true });
  });

  test('takes no value from what every object has', () => {
    const named = operationOf(schema, 'query ($constructor: Int) { employees(first: $constructor) { firstName } }');
    const operations = new KnownOperations<object>(() => 0);
    operations.add(named, caller, {}, { kept: true });
    expect(
      operations.judgement(named, caller, Object.create({ constructor: 5 }) as object as Record<string, unknown>),
    ).toEqual({ kept: true });
  });

  test('belongs to one operation', () => {
    const operations = known();
    const other = operationOf(schema, '{ employees { firstName } }');
    expect(operations.judgement(other, caller, {})).toBeUndefined();
    operations.add(other, caller, {}, { other: true });
    expect(operations.judgement(other, caller, {})).toEqual({ other: true });
    expect(operations.judgement(parsed, caller, variables)).toEqual({ kept: true });
    const named = { ...parsed, operationName: 'A' };
    operations.add(named, caller, variables, { named: true });
    expect(operations.judgement(parsed, caller, variables)).toEqual({ kept: true });
    expect(operations.judgement({ ...parsed, operationName: 'B' }, caller, variables)).toBeUndefined();
  });

  test('is counted', () => {
    const operations = known();
    operations.judgement(parsed, caller, variables);
    operations.judgement(parsed, { ...caller, denialMode: 'STRICT' }, variables);
    expect(operations.figures).toEqual({ hits: 1, misses: 1, size: 1 });
  });
});

describe('a variable decides nothing only as an operand of a root field', () => {
  test.each([
    ['an operand', 'query ($v: String) { employees(filter: { firstName: { eq: $v } }) { firstName } }', ['v']],
    [
      'an operand deep in a filter',
      'query ($v: Float) { employees(filter: { and: [{ fixSalary: { gt: $v } }] }) { firstName } }',
      ['v'],
    ],
    ['the id of somebody', 'query ($v: ID) { person(id: $v) { firstName } }', ['v']],
    ['how many there are at the end', 'query ($v: Int) { person(last: $v) { firstName } }', []],
    ['none that is used', 'query ($v: String) { employees { firstName } }', ['v']],
    ['a value that is written', 'mutation ($v: String) { update(values: { firstName: $v }) { firstName } }', ['v']],
    ['a whole filter', 'query ($v: Filter) { employees(filter: $v) { firstName } }', []],
    ['a part of a filter', 'query ($v: Text) { employees(filter: { firstName: $v }) { firstName } }', []],
    [
      'the key of a custom attribute',
      'query ($v: String!) { employees(filter: { custom: [{ key: $v }] }) { firstName } }',
      [],
    ],
    ['an attribute to order by', 'query ($v: By) { employees(orderBy: [{ by: $v }]) { firstName } }', []],
    ['a list of keys', 'mutation ($v: [String!]) { update(keys: $v) { firstName } }', []],
    ['the size of a page', 'query ($v: Int) { employees(first: $v) { firstName } }', []],
    ['whether a field is there', 'query ($v: Boolean!) { employees { firstName @include(if: $v) } }', []],
    ['whether a root field is there', 'query ($v: Boolean!) { employees @skip(if: $v) { firstName } }', []],
    ['an argument below', 'query ($v: [String!]) { employees { customAttributes(keys: $v) { key } } }', []],
    [
      'one within an argument below',
      'query ($v: String) { employees { absences(filter: { firstName: { eq: $v } }) { comment } } }',
      [],
    ],
    [
      'an operand in a fragment',
      'query ($v: String) { ...F } fragment F on Query { employees(filter: { firstName: { eq: $v } }) { firstName } }',
      [],
    ],
    [
      'an operand, and the size of a page',
      'query ($v: Int, $w: Float) { employees(filter: { fixSalary: { gt: $w } }, first: $v) { firstName } }',
      ['w'],
    ],
    [
      'an operand here and a key there',
      'query ($v: String!) { employees(filter: { firstName: { eq: $v }, custom: [{ key: $v }] }) { firstName } }',
      [],
    ],
    [
      'of a field that nobody mapped',
      'query ($v: String) { employees(filter: { unmapped: { eq: $v } }) { firstName } }',
      ['v'],
    ],
  ])('%s', (_what, text, opaque) => {
    const { document, operation } = operationOf(schema, text);
    expect([...opaqueVariables(schema, document, operation)]).toEqual(opaque);
  });
});

describe('what denials say', () => {
  const address = { url: 'https://gateway.test' } as PublicAddress;
  const low = credentialWith({ read: ['firstName'] });
  const verdict = judge(
    operationOf(schema, '{ employees(filter: { firstName: null }) { firstName fixSalary { amount } lastName } }'),
    low,
  );

  test('is said to whom it is about, and to nobody else', () => {
    const consequences = new Consequences(address);
    const other = { ...low, credentialId: 'credential-2', clientId: 'fgci_2' };
    const linkOf = (caller: typeof low) =>
      consequences.errorsOf(verdict, caller).map(({ extensions }) => extensions['link']);
    expect(linkOf(low)).toEqual([
      'https://gateway.test/settings/credentials/fgci_1?missing=read:fixSalary',
      'https://gateway.test/settings/credentials/fgci_1?missing=read:lastName',
    ]);
    expect(linkOf(other).every((link) => String(link).includes('/fgci_2?'))).toBe(true);
    expect(linkOf(low).every((link) => String(link).includes('/fgci_1?'))).toBe(true);
    expect(consequences.useOf(verdict, other).credentialId).toBe('credential-2');
    expect(consequences.useOf(verdict, low).credentialId).toBe('credential-1');
  });

  test('is one for each coordinate, and the same objects each time', () => {
    const consequences = new Consequences(address);
    const errors = consequences.errorsOf(verdict, low);
    expect(errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['employees', '@', 'fixSalary'], 'ATTRIBUTE_FORBIDDEN'],
      [['employees', '@', 'lastName'], 'ATTRIBUTE_FORBIDDEN'],
    ]);
    expect(consequences.errorsOf(verdict, low)).toBe(errors);
    expect(consequences.errorsOf({ ...verdict, denials: [] }, low)).toEqual([]);
    expect(consequences.errorsOf({ ...verdict, denials: [] }, { kind: 'anonymous' })).toEqual([]);
    expect(consequences.errorsOf(verdict, { kind: 'anonymous' })).toHaveLength(2);
  });

  test('counts as used what is read and asked, and as denied what is not', () => {
    const consequences = new Consequences(address);
    expect(consequences.useOf(verdict, low)).toEqual({
      credentialId: 'credential-1',
      read: ['firstName', 'firstName'],
      denied: ['fixSalary', 'lastName'],
      wasDenied: true,
    });
    expect(consequences.useOf({ ...verdict, denials: [] }, low)).toMatchObject({ denied: [], wasDenied: false });
  });

  test('of a refused operation is what it is refused for, and nothing of it was read', () => {
    const consequences = new Consequences(address);
    const [refusal] = verdict.denials;
    const refused = { ...verdict, refusals: refusal ? [refusal] : [] };
    expect(consequences.errorsOf(refused, low)).toHaveLength(1);
    expect(consequences.useOf(refused, low)).toMatchObject({
      read: [],
      wasDenied: true,
      denied: ['fixSalary', 'fixSalary', 'lastName'],
    });
    expect(consequences.useOf({ ...refused, denials: [] }, low).wasDenied).toBe(true);
  });
});
