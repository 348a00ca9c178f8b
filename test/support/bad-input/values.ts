import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputType } from 'graphql';

/** A value that no honest client sends, as it stands in JSON and in the text of an operation. */
export interface BadValue {
  readonly json: string;
  readonly literal: string;
}

function same(...texts: readonly string[]): BadValue[] {
  return texts.map((text) => ({ json: text, literal: text }));
}

function objects(...values: readonly BadValue[]): BadValue[] {
  return [...values];
}

function strings(...values: readonly string[]): BadValue[] {
  return same(...values.map((value) => JSON.stringify(value)));
}

/** Values of every kind, most of which are of the wrong one. */
const KINDS: readonly BadValue[] = [
  ...same('null', 'true', '0', '-1', '1.5', '""', '"text"', '[]', '{}', '[null]', '[[1]]', '[1, "1", true]'),
  ...same(`${'['.repeat(60)}1${']'.repeat(60)}`),
  ...objects(
    { json: '{"a": 1}', literal: '{ a: 1 }' },
    { json: '{"__proto__": {"x": 1}}', literal: '{ __proto__: { x: 1 } }' },
    { json: '{"constructor": {"prototype": 1}}', literal: '{ constructor: { prototype: 1 } }' },
    { json: `${'{"not":'.repeat(60)}{}${'}'.repeat(60)}`, literal: `${'{ not: '.repeat(50)}{}${' }'.repeat(50)}` },
  ),
];

const NUMBERS = same(
  ...['1e999', '-1e999', '-0', '1e308', '5e-324', '2147483647', '2147483648', '-2147483649', '9007199254740993'],
  ...['0.1234567890123456', '100000', '1001', '1e2', '99999999999999999999'],
);

const TEXTS: readonly BadValue[] = [
  ...strings(
    ...["'; DROP TABLE employee; --", '" OR 1=1 --', '%', '_', '\\', '   ', '\n', 'a\0b', '\0', '\u{1F4A5}', '\u202E'],
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'NaN', '1e999', '0x10', '-1', '１', '01', '1 '],
    ...['99999999999999999999', 'x'.repeat(101), 'x'.repeat(1_001), 'ß'.repeat(10_001), 'word '.repeat(40)],
    ...['x@y', 'javascript:alert(1)', 'EUR', '=1+1', '$1', '${1}', '{{1}}'],
  ),
  ...same('"\\uD800"', '"\\uDC00x"', '"a\\uDBFF"'),
];

const DAYS = strings(
  ...['0000-01-01', '0001-01-01', '1899-12-31', '2200-12-31', '2201-01-01', '9999-12-31', '10000-01-01', '-0001-01-01'],
  ...[
    '2021-02-30',
    '2021-13-01',
    '2021-1-1',
    '2021-01-01T00:00:00Z',
    "2021-01-01'; --",
    '２０２１-01-01',
    'today',
    '\0',
  ],
);

const MOMENTS = strings(
  ...['0000-01-01T00:00:00Z', '0000-01-01T00:00:00+14:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'],
  ...['9999-12-31T23:59:59-14:00', '10000-01-01T00:00:00Z', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'],
  ...['2021-02-30T00:00:00Z', '2021-01-01T24:00:00Z', '2016-12-31T23:59:60Z', '2021-01-01', '2021-01-01T00:00:00'],
  ...["2021-01-01T00:00:00Z'; --", '2021-01-01T00:00:00.123456789Z', 'now', '\0'],
);

const NAMES: readonly BadValue[] = [
  ...strings('NOPE', '__proto__', 'constructor', 'toString', "'; --", ''),
  ...objects({ json: '"DROP"', literal: 'DROP' }, { json: '"x"', literal: '__proto__' }, { json: '1', literal: 'NaN' }),
];

/** Lists that are longer than any may be, or hold what lists do not hold. */
const LISTS: readonly BadValue[] = same(
  `[${'"1",'.repeat(1_001)}"1"]`,
  `[${'{},'.repeat(1_001)}{}]`,
  '["a", null]',
  '[["a"]]',
  '["\\u0000"]',
  '["\\uD800"]',
  '["__proto__", "__proto__"]',
);

/** Everything bad for a place of this type. */
export function badValuesFor(type: GraphQLInputType): readonly BadValue[] {
  const named = getNamedType(type);
  const lists = String(type).includes('[') ? LISTS : [];
  if (isInputObjectType(named)) return [...KINDS, ...lists];
  if (isEnumType(named)) return [...KINDS, ...NAMES, ...lists];
  switch (named.name) {
    case 'Int':
    case 'Float':
      return [...KINDS, ...NUMBERS, ...strings('1', 'NaN', '1e999', '\0'), ...lists];
    case 'Date':
      return [...KINDS, ...DAYS, ...lists];
    case 'DateTime':
      return [...KINDS, ...MOMENTS, ...lists];
    case 'Boolean':
      return [...KINDS, ...strings('true', '1', '\0'), ...lists];
    case 'AttributeValue':
      return [...KINDS, ...NUMBERS, ...TEXTS, ...DAYS.slice(0, 9), ...LISTS];
    default:
      return [...KINDS, ...NUMBERS.slice(0, 4), ...TEXTS, ...lists];
  }
}
