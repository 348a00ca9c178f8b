import type { Choices } from '../fuzz/choices';

/** Texts that are nearly right: a right one, with a few of its words exchanged, lost, repeated or broken. */

/** Stands in requests, and may stand in no log. */
export const SENT_MARK = 'sent-mark-7d1f';

const OPERATIONS = [
  '{ employees(first: 2) { totalCount nodes { id lastName firstName } pageInfo { endCursor hasNextPage } } }',
  'query A($id: ID!, $with: Boolean = true) { employee(id: $id) { ...F ... on Employee @include(if: $with) { firstName } } } fragment F on Employee { lastName }',
  '{ viewer { name modules { module read } attributes { key } } __schema { queryType { name } } __typename }',
  `{ employees(filter: { or: [{ lastName: { contains: "${SENT_MARK}" } }, { not: { lastName: { eq: """a "b" """ } } }] }, orderBy: [{ by: LAST_NAME, direction: DESC }]) { nodes { id } } }`,
  'mutation { updateEmployee(id: "1", values: { lastName: "x" }) { employee { id } userErrors { code } } }',
  'mutation A { disableCredential(id: "1") { credential { id } } } query B { viewer { name } }',
  'subscription { employees { id } }',
  '{ changes(first: 1) { nodes { at } } me { email } credentials(first: 3) { nodes { id } } }',
];

const GRAPHQL_WORDS = [
  ...'{ } ( ) [ ] : ! | & $ @ = ... ,'.split(' '),
  ...'query mutation subscription fragment on null true extend schema type'.split(' '),
  ...'employees employee firstName fixSalary credentials id nodes __typename __schema __proto__ constructor'.split(' '),
  ...[
    '1e999',
    '-0',
    '9007199254740993',
    '00',
    '"\\u{110000}"',
    '"\\uD800"',
    '"""',
    '"',
    '#',
    '\u0000',
    '\ufeff',
    '\u2028',
  ],
  ...['$id', '$__proto__', '@include(if: $with)', '@skip', '@defer', '@oneOf', '{'.repeat(90), '['.repeat(400)],
  'firstName '.repeat(3_000),
  `a${'b'.repeat(70_000)}`,
];

const JSON_WORDS = [
  ...'{ } [ ] : , " null true'.split(' '),
  ...[
    '1e999',
    '-',
    '0x1',
    'NaN',
    '"\\ud800"',
    '"\\u0000"',
    '"__proto__":{"a":1}',
    '"query":1',
    '"query":null',
    '"extensions":[]',
  ],
  ...[
    '"variables":[]',
    '"operationName":"__proto__"',
    '\\',
    '\u0000',
    '\ufeff',
    '/**/',
    '['.repeat(5_000),
    '{"a":'.repeat(2_000),
  ],
  '"extensions":{"persistedQuery":{"version":1,"sha256Hash":"a"}}',
];

export function drawGraphQL(choices: Choices): string {
  return worsened(choices, choices.pick(OPERATIONS), /("""[^]*?"""|"[^"]*"|\.\.\.|[\w$@]+|\s+|.)/g, GRAPHQL_WORDS);
}

/** The body of a GraphQL request. */
export function drawJson(choices: Choices): string {
  const variables = choices.pick([null, { id: '1' }, { id: 'x', with: false }, { id: SENT_MARK, with: null }]);
  const operationName = choices.pick([null, null, 'A', 'B', '']);
  const query = choices.chance(60) ? drawGraphQL(choices) : choices.pick(OPERATIONS);
  const body = JSON.stringify({ query, variables, operationName });
  return choices.chance(50) ? body : worsened(choices, body, /("(?:[^"\\]|\\.)*"|\d+|\w+|\s+|.)/g, JSON_WORDS);
}

/** The form of a token request. @param right what a client would send */
export function drawForm(choices: Choices, right: string): string {
  return worsened(choices, right, /([&=+]|%..|[^&=+%]+)/g, FORM_WORDS);
}

const FORM_WORDS = [
  ...[
    '&',
    '=',
    '%',
    '%zz',
    '%00',
    '%ff',
    '%C3%28',
    '+',
    ';',
    '&&',
    'grant_type',
    'client_id',
    'client_secret',
    'scope',
    'token',
  ],
  ...[
    'client_credentials',
    'password',
    'refresh_token',
    '__proto__',
    'constructor[prototype]',
    'a[b]=c',
    '&scope=all',
    '\u0000',
  ],
  ...[
    SENT_MARK,
    '&'.repeat(3_000),
    `x${'y'.repeat(100_000)}`,
    '&client_secret=a&client_secret=b',
    '&client_id=',
    'ü',
    '\ufeff',
  ],
];

/** Nothing, or up to four changes at any words. */
export function worsened(choices: Choices, text: string, words: RegExp, others: readonly string[]): string {
  const parts = text.match(words) ?? [];
  for (let count = choices.number(5); count > 0; count -= 1) {
    const at = choices.number(parts.length + 1);
    const change = choices.number(5);
    if (change === 0) parts.splice(at, 1);
    else if (change === 1) parts.splice(at, 1, choices.pick(others));
    else if (change === 2) parts.splice(at, 0, choices.pick(others));
    else if (change === 3) parts.splice(at, 0, parts[choices.number(parts.length + 1)] ?? '');
    else parts.length = at;
  }
  return parts.join('');
}
