/** A question that was thought of, beside those that are drawn. */
export interface WrittenQuestion {
  readonly query: string;
  /** Each is asked in turn of a gateway that may remember the one before. */
  readonly variables?: readonly object[];
  /** What is asked first: its first cursor takes the place of CURSOR. */
  readonly page?: string;
}

const PAGE_INFO = 'pageInfo { startCursor endCursor hasNextPage hasPreviousPage }';
const ABSENCE = `id type { id name unit paid } startDate endDate startsAtNoon endsAtNoon hours status comment
  createdAt lastModifiedAt version employee { id lastName }`;
const ATTENDANCE =
  'id start end workedMinutes breakMinutes project comment createdAt lastModifiedAt version employee { id lastName }';

/** The lists of the root, an item of each, and what they are also asked with. */
const LISTS = [
  { list: 'employees', item: 'id lastName department { name }', with: '' },
  { list: 'employees', item: 'id firstName', with: 'orderBy: [{ by: LAST_NAME }, { by: HIRE_DATE, direction: DESC }]' },
  { list: 'absences', item: ABSENCE, with: '' },
  { list: 'attendances', item: ATTENDANCE, with: '' },
];

/** A page from each end, before and behind a cursor in the middle, and one that is the last or the first. */
const WINDOWS = [
  'first: 3',
  'last: 3',
  'first: 3, after: "CURSOR"',
  'last: 3, before: "CURSOR"',
  'first: 3, before: "CURSOR"',
  'last: 3, after: "CURSOR"',
  'first: 1000, after: "CURSOR"',
  'last: 1000, before: "CURSOR"',
  'first: 0',
  '',
];

const WHOLE = `totalCount nodes { ITEM } ${PAGE_INFO}`;
const PARTS = [
  WHOLE,
  'pageInfo { hasNextPage }',
  'pageInfo { hasPreviousPage }',
  'pageInfo { startCursor }',
  'pageInfo { endCursor }',
  'totalCount',
  'edges { cursor }',
  'edges { __typename cursor node { __typename ITEM } }',
  '__typename nodes { __typename } pageInfo { __typename }',
];

function pages(): WrittenQuestion[] {
  return LISTS.flatMap(({ list, item, with: more }) => {
    const asked = (window: string, part: string) => {
      const given = [window, more].filter(Boolean).join(', ');
      return `{ ${list}${given && `(${given})`} { ${part.replaceAll('ITEM', item)} } }`;
    };
    const page = asked('first: 5', 'pageInfo { endCursor }');
    return [
      ...WINDOWS.map((window) => ({ query: asked(window, WHOLE), page })),
      ...PARTS.map((part) => ({ query: asked('first: 4, after: "CURSOR"', part), page })),
      ...PARTS.map((part) => ({ query: asked('last: 4, before: "CURSOR"', part), page })),
    ];
  });
}

function pagesBelow(): WrittenQuestion[] {
  return [
    ['absences', ABSENCE],
    ['attendances', ATTENDANCE],
  ].flatMap(([list = '', item = '']) => {
    const asked = (window: string, part: string) =>
      `{ employee(id: 7) { ${list}${window && `(${window})`} { ${part.replaceAll('ITEM', item)} } } }`;
    const page = asked('first: 2', 'pageInfo { endCursor }');
    return [
      ...WINDOWS.map((window) => ({ query: asked(window, WHOLE), page })),
      ...PARTS.map((part) => ({ query: asked('first: 2, after: "CURSOR"', part), page })),
    ];
  });
}

const BALANCE_YEARS = [
  '',
  '(year: null)',
  ...[2024, 2025, 2026, 1899, 1900, 2200, 2201].map((year) => `(year: ${year})`),
];

const OTHERS: readonly WrittenQuestion[] = [
  // Nobody, and nothing to read.
  { query: '{ employee(id: "99999") { id firstName } }' },
  { query: '{ employee(id: "nobody") { id } }' },
  { query: '{ employee(id: 7) { __typename } }' },
  { query: '{ __typename }' },
  // What is denied, or nobody asked the store for, beside what is read.
  {
    query:
      '{ __typename employee(id: 7) { id } absences(first: 1) { nodes { id } } attendances(first: 1) { nodes { id } } }',
  },
  { query: '{ type: __typename one: employee(id: 1) { id } two: employee(id: 2) { id lastName } __typename }' },
  { query: '{ viewer { name } employee(id: 7) { id } }' },
  { query: '{ absenceTypes { id name unit paid __typename } }' },
  // The same field, and the same fragment, more than once.
  { query: '{ employees(first: 2) { nodes { department { name } } nodes { lastName department { id name } } } }' },
  {
    query:
      '{ employee(id: 7) { ...A ...A ... on Employee { lastName } ... { id } } } fragment A on Employee { firstName team { ...B } } fragment B on Team { id name }',
  },
  {
    query:
      '{ employee(id: 7) { supervisor { id firstName supervisor { lastName } } office { name } subcompany { name } } }',
  },
  {
    query:
      '{ employee(id: 7) { costCenters { id name percentage } fixSalary { amount currency } hourlySalary { amount } absenceEntitlement { type days } } }',
  },
  { query: '{ employee(id: 7) { ... on Employee @skip(if: true) { lastName } firstName @include(if: false) id } }' },
  // With variables, the same text with others, and without.
  {
    query:
      'query ($n: Int = 3, $on: Boolean!, $id: ID!) { employees(first: $n) { nodes { id lastName @include(if: $on) } } employee(id: $id) { id } }',
    variables: [
      { on: true, id: '7' },
      { n: 2, on: false, id: '8' },
      { on: true, id: '9' },
    ],
  },
  {
    query:
      'query ($start: String) { employees(filter: { lastName: { startsWith: $start } }) { totalCount nodes { id } } }',
    variables: [{ start: 'M' }, { start: 'S' }, { start: null }, {}],
  },
  {
    query: 'query ($filter: EmployeeFilter) { employees(filter: $filter, first: 5) { totalCount nodes { id } } }',
    variables: [{ filter: { id: { in: ['3', '4'] } } }, { filter: null }],
  },
  {
    query: 'query ($n: Int) { employee(id: 7) { absences(first: $n) { nodes { id } } } }',
    variables: [{ n: 2 }, { n: 1 }],
  },
  { query: 'query ($n: Int) { changes(first: $n) { nodes { at } } }', variables: [{ n: null }, { n: 2 }] },
  // More members than a function of PostgreSQL takes arguments.
  ...[50, 51, 100, 120].map((count) => ({
    query: `{ employee(id: 7) { ${Array.from({ length: count }, (_, at) => `m${at}: ${at % 2 ? 'id' : 'lastName'}`).join(' ')} } }`,
  })),
  // Where nobody stands beyond the cursor any more.
  {
    query: `{ employees(last: 3, before: "CURSOR", filter: { id: { in: ["1", "2"] } }) { nodes { id } ${PAGE_INFO} } }`,
    page: '{ employees(first: 5) { pageInfo { endCursor } } }',
  },
  {
    query: `{ employees(first: 3, after: "CURSOR", filter: { id: { in: ["8", "9"] } }) { nodes { id } ${PAGE_INFO} } }`,
    page: '{ employees(first: 5) { pageInfo { endCursor } } }',
  },
  // A cursor of another list.
  {
    query: '{ employee(id: 7) { attendances(first: 2, after: "CURSOR") { nodes { id } } } }',
    page: '{ employee(id: 7) { absences(first: 1) { pageInfo { endCursor } } } }',
  },
  // Custom attributes.
  { query: '{ employee(id: 7) { customAttributes { key value } } }' },
  { query: '{ employee(id: 7) { customAttributes(keys: []) { key value } } }' },
  {
    query:
      '{ employees(first: 60) { nodes { customAttributes(keys: ["remote", "shirtSize", "languages", "laptopCount"]) { key type value } } } }',
  },
  { query: '{ employee(id: 7) { customAttributes(keys: ["shirtSize", "nothing"]) { __typename key value } } }' },
  {
    query: 'query ($keys: [String!]) { employees(first: 1) { nodes { customAttributes(keys: $keys) { key } } } }',
    variables: [{ keys: Array.from({ length: 500 }, () => 'shirtSize') }],
  },
  {
    query: 'query ($keys: [String!]) { employees(first: 1) { nodes { customAttributes(keys: $keys) { key } } } }',
    variables: [{ keys: Array.from({ length: 501 }, () => 'shirtSize') }],
  },
  // The feed.
  { query: '{ changes { nodes { attribute } } }' },
  {
    query:
      '{ changes(first: 3) { __typename nodes { employeeId attribute at employee { id } } edges { cursor node { at } } pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } }',
  },
  {
    query:
      '{ changes(first: 3, after: "CURSOR") { edges { cursor node { attribute } } pageInfo { endCursor hasNextPage hasPreviousPage } } }',
    page: '{ changes(first: 2) { pageInfo { endCursor } } }',
  },
  {
    query: '{ changes(first: 1000, after: "CURSOR") { nodes { attribute } pageInfo { hasNextPage } } }',
    page: '{ changes(first: 2) { pageInfo { endCursor } } }',
  },
  // Statistics.
  {
    query:
      '{ employeeStatistics { __typename smallestGroup withheldGroups groups { keys count measures { value } } } }',
  },
  {
    query:
      '{ employeeStatistics(groupBy: [{ by: DEPARTMENT }]) { groups { __typename keys count } groups { count } } }',
  },
  {
    query: `{ employeeStatistics(groupBy: [{ by: HIRE_DATE, part: YEAR }], measures: [{ of: FIX_SALARY, function: AVG }]) {
      withheldGroups groups { keys measures { of function value currency withheld } } } }`,
  },
  { query: '{ employeeStatistics(groupBy: [{ part: YEAR }]) { groups { keys } } }' },
];

/** What is asked to hold a plan to the reference path in places that are drawn too rarely. */
export const WRITTEN_QUESTIONS: readonly WrittenQuestion[] = [
  ...pages(),
  ...pagesBelow(),
  ...BALANCE_YEARS.map((year) => ({
    query: `{ employees(first: 8) { nodes { absenceBalances${year} { type year entitled taken requested remaining } } } }`,
  })),
  {
    query:
      '{ employee(id: 7) { absenceBalances { remaining } two: absenceBalances(year: 2025) { __typename taken } } }',
  },
  ...OTHERS,
];
