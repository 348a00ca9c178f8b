import { getVariableValues, Kind, parse, validate, type GraphQLSchema } from 'graphql';
import { ERROR_CODES } from '../src/errors';
import { adminBrowser, browserAt } from './support/admin';
import { atOnce } from './support/at-once';
import { DAY, placesOf, type InputPlace } from './support/bad-input/places';
import { badValuesFor, type BadValue } from './support/bad-input/values';
import { databases } from './support/database';
import { digestOf } from './support/digest';
import type { Answer, TestCredential } from './support/gateway';
import type { Ground } from './support/matrix/case';
import { startMatrix } from './support/matrix/matrix';
import type { Filter, Oracle } from './support/oracle';
import { present } from './support/present';

/** Every value at every place, and not each in its turn; `npm run test:bad-input` asks for it. */
const IS_WHOLE = process.env['FIELDGATE_TEST_VALUES'] === 'all';
const TURNS = 24;
const AT_ONCE = 6;

/** A request with one bad value in it. */
interface BadRequest {
  readonly place: InputPlace;
  readonly value: BadValue;
  readonly form: 'variable' | 'literal';
  readonly query: string;
  /** Whether GraphQL itself refuses it, before anything of ours sees the value. */
  readonly isRefusedAtOnce: boolean;
  /** What GraphQL makes of the value of a variable. */
  readonly coerced?: unknown;
}

function requestsFor(schema: GraphQLSchema): readonly BadRequest[] {
  const literalTypes = new Set<string>();
  return placesOf(schema).flatMap((place, at) => {
    const type = `${place.isMutation} ${String(place.type)}`;
    const isNew = !literalTypes.has(type);
    literalTypes.add(type);
    const values = badValuesFor(place.type);
    const turn = (_value: BadValue, index: number) => IS_WHOLE || (index + at) % TURNS === 0;
    return [
      ...values.filter(turn).map((value) => byVariable(schema, place, value)),
      // A literal is read by its type alone, so each type is tried once.
      ...(isNew ? values.filter(turn).map((value) => byLiteral(schema, place, value)) : []),
    ];
  });
}

function byVariable(schema: GraphQLSchema, place: InputPlace, value: BadValue): BadRequest {
  const query = place.operation('$v', `($v: ${String(place.type)})`);
  const document = parse(query);
  expect([place.name, validate(schema, document).map(({ message }) => message)]).toEqual([place.name, []]);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('There should be an operation here.');
  const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { v: parsed(value.json) });
  return { place, value, form: 'variable', query, isRefusedAtOnce: errors !== undefined, coerced: coerced?.['v'] };
}

function byLiteral(schema: GraphQLSchema, place: InputPlace, value: BadValue): BadRequest {
  const query = place.operation(value.literal);
  return { place, value, form: 'literal', query, isRefusedAtOnce: isInvalid(schema, query) };
}

function isInvalid(schema: GraphQLSchema, query: string): boolean {
  try {
    return validate(schema, parse(query)).length > 0;
  } catch {
    return true;
  }
}

function parsed(json: string): unknown {
  return JSON.parse(json) as unknown;
}

describe.each(databases)('bad input on $name', (database) => {
  let ground: Ground;
  let all: TestCredential;
  let requests: readonly BadRequest[];
  let days = 0;

  beforeAll(async () => {
    ({ ground, all } = await startMatrix(database));
    requests = requestsFor(ground.schema);
  }, 120_000);

  afterAll(() => ground.gateway.close());

  const send = ({ query, form, value }: BadRequest): Promise<Answer> => {
    const day = new Date(Date.UTC(2032, 0, (days += 1))).toISOString().slice(0, 10);
    const variables = form === 'variable' ? `, "variables": {"v": ${value.json}}` : '';
    return post(`{"query": ${JSON.stringify(query.replaceAll(DAY, day))}${variables}}`);
  };

  const post = (body: string): Promise<Answer> =>
    ground.gateway.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: all.authorization },
      body,
    });

  const answersTo = (some: readonly BadRequest[]) =>
    atOnce(AT_ONCE, some, async (request) => ({ request, answer: await send(request) }));

  test('what GraphQL itself refuses is refused with a code, and nothing is stored', async () => {
    // It never comes near a database, so one kind of database shows it.
    const some = requests.filter(({ isRefusedAtOnce }) => isRefusedAtOnce && database.name === 'SQLite');
    const before = await digestOf(ground.gateway);
    const faults: string[] = [];
    for (const { request, answer } of await answersTo(some)) {
      if (!isRefused(answer)) faults.push(told(request, answer, 'was not refused'));
      faults.push(...faultsOf(request, answer));
    }
    expect(faults).toEqual([]);
    expect(await digestOf(ground.gateway)).toEqual(before);
    process.stdout.write(`${database.name}: ${some.length} values of the wrong kind\n`);
  }, 600_000);

  test('a question of the right kind is answered rightly, or refused with a code', async () => {
    const some = requests.filter(({ place, isRefusedAtOnce }) => !isRefusedAtOnce && !place.isMutation);
    const before = await digestOf(ground.gateway);
    const faults: string[] = [];
    for (const { request, answer } of await answersTo(some)) {
      faults.push(...faultsOf(request, answer));
      const expected = isRefused(answer) ? undefined : peopleMeantBy(request, ground.oracle);
      if (expected && !isSame(idsIn(answer), expected)) {
        faults.push(told(request, answer, `does not mean ${JSON.stringify(expected)}`));
      }
    }
    expect(faults).toEqual([]);
    expect(await digestOf(ground.gateway)).toEqual(before);
    process.stdout.write(`${database.name}: ${some.length} questions of the right kind\n`);
  }, 600_000);

  test('a write of the right kind is kept as it was given, or refused with a code and nothing is stored', async () => {
    const some = requests.filter(({ place, isRefusedAtOnce }) => !isRefusedAtOnce && place.isMutation);
    const faults: string[] = [];
    const refused: BadRequest[] = [];
    for (const { request, answer } of await answersTo(some)) {
      faults.push(...faultsOf(request, answer));
      if (isRefused(answer)) refused.push(request);
      else if (!isKept(request, answer)) faults.push(told(request, answer, 'is not what was given'));
    }
    expect(faults).toEqual([]);
    // Once more, now that it is known which are refused.
    const before = await digestOf(ground.gateway);
    for (const { request, answer } of await answersTo(refused)) {
      if (!isRefused(answer)) faults.push(told(request, answer, 'was not refused the second time'));
    }
    expect(faults).toEqual([]);
    expect(await digestOf(ground.gateway)).toEqual(before);
    process.stdout.write(`${database.name}: ${some.length} writes of the right kind, ${refused.length} refused\n`);
  }, 600_000);

  test.each([
    ['a number that JSON does not have', '{"query": "{ viewer { name } }", "variables": {"v": NaN}}'],
    ['the prototype of an object', '{"query": "{ viewer { name } }", "variables": {"__proto__": {"v": 1}}}'],
    [
      'a constructor’s prototype',
      '{"query": "{ viewer { name } }", "variables": {"constructor": {"prototype": {"v": 1}}}}',
    ],
    ['variables that are a list', '{"query": "{ viewer { name } }", "variables": [1]}'],
    ['variables that are a text', '{"query": "{ viewer { name } }", "variables": "v"}'],
    ['an operation’s name that is a number', '{"query": "{ viewer { name } }", "operationName": 1}'],
    ['an operation’s name of a prototype', '{"query": "query a { viewer { name } }", "operationName": "__proto__"}'],
    ['a query that is a number', '{"query": 1}'],
    ['a query that is a list', '{"query": ["{ viewer { name } }"]}'],
    ['no query', '{"query": null}'],
    ['an empty query', '{"query": ""}'],
    ['extensions that are a text', '{"query": "{ viewer { name } }", "extensions": "x"}'],
    ['half a character in a name', '{"query": "{ viewer { n\\ud800ame } }"}'],
    ['NUL in the text of an operation', '{"query": "{ viewer { name } }\\u0000"}'],
    ['a list of operations', '[{"query": "{ viewer { name } }"}]'],
    ['a text', '"{ viewer { name } }"'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['a name that no operation has', '{"query": "{ __proto__ }"}'],
    ['a variable that nobody declared', '{"query": "{ employee(id: $id) { id } }"}'],
    ['a directive of a prototype’s name', '{"query": "{ viewer @constructor { name } }"}'],
  ])('a body with %s is refused with a code', async (_name, body) => {
    const answer = await post(body);
    expect([answer.status, answer.body.data ?? null]).toEqual([400, null]);
    expect(problemsOf(answer)).toEqual([]);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half a character', 'a\ud800b'],
  ])(
    'a text of an admin, or of nobody yet, with %s is refused with a code before a database sees it',
    async (_name, text) => {
      const [nobody, admin] = [browserAt(ground.gateway), await adminBrowser(ground.gateway, 'OWNER')];
      const answers = [
        await nobody.send('mutation ($t: String!) { signIn(input: { email: $t, password: "x" }) { me { id } } }', {
          t: text,
        }),
        await nobody.send(`mutation { signIn(input: { email: "a\\u0000b", password: "x" }) { me { id } } }`),
        await admin.send('query ($t: ID!) { credential(id: $t) { id } }', { t: text }),
        await admin.send('query ($t: String) { credentials(search: $t) { totalCount } }', { t: text }),
        await admin.send('mutation ($i: SubmitFeedbackInput!) { submitFeedback(input: $i) { userErrors { code } } }', {
          i: { message: text },
        }),
      ];
      for (const { status, body } of answers) {
        expect([status, body.errors]).toMatchObject([400, [{ extensions: { code: 'BAD_USER_INPUT' } }]]);
      }
    },
  );

  test('names of prototypes are names like any other', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
    const fields = names.map((name) => `${name}: firstName`).join(' ');
    const declared = names.map((name) => `$${name}: ID!`).join(' ');
    const roots = names.map((name) => `${name}: employee(id: $${name}) { ${fields} ...${name}_ }`).join(' ');
    const fragments = names.map((name) => `fragment ${name}_ on Employee { id }`).join(' ');
    const values = names
      .map((name) => `${JSON.stringify(name)}: "1"`)
      .filter((text) => !text.startsWith('"__proto__"'));
    const query = `query constructor(${declared.replace('$__proto__: ID!', '$__proto__: ID! = "1"')}) { ${roots} } ${fragments}`;
    const { status, body, text } = await post(
      `{"query": ${JSON.stringify(query)}, "variables": {${values.join(', ')}}}`,
    );
    expect([status, body.errors]).toEqual([200, undefined]);
    const firstName = present(ground.company.people[0])['firstName'];
    const person = `{${names.map((name) => `"${name}":${JSON.stringify(firstName)}`).join(',')},"id":"1"}`;
    // Parsed, because databases put blanks in other places.
    expect(JSON.stringify(JSON.parse(text))).toBe(`{"data":{${names.map((name) => `"${name}":${person}`).join(',')}}}`);
  });
});

/** Refused as a whole, or for a problem with the input. */
function isRefused({ status, body, text }: Answer): boolean {
  return status >= 400 || body.errors !== undefined || text.includes('"userErrors":[{');
}

/** Whom a filter of people means, as plain JavaScript finds them; undefined for what is no filter of people. */
function peopleMeantBy({ place, form, coerced }: BadRequest, oracle: Oracle): readonly string[] | undefined {
  if (place.argument !== 'Query.employees(filter:)' || form === 'literal') return undefined;
  const filter = place.given(coerced) as Filter | null;
  return filter === null ? undefined : oracle.ids(plain(filter) as Filter);
}

// Moments are dates to GraphQL and texts to whoever compares them.
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function idsIn({ body }: Answer): string[] {
  return (body.data.employees.nodes as { id: string }[]).map(({ id }) => id);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join();
}

/** Whether a person who was written has the very value that was given. */
function isKept({ place, form, coerced }: BadRequest, { body }: Answer): boolean {
  const [key = '', ...more] = place.path;
  const isOneValue = place.argument === 'Mutation.createEmployee(values:)' && more.length === 0;
  if (!isOneValue || form === 'literal' || typeof coerced === 'object' || key === 'supervisor') return true;
  const shown = body.data.createEmployee.employee[key] as unknown;
  const value = typeof shown === 'object' && shown !== null ? (shown as { name: unknown }).name : shown;
  return value === (typeof coerced === 'string' ? coerced.trim() || null : Number(coerced) + 0);
}

function faultsOf(request: BadRequest, answer: Answer): string[] {
  return problemsOf(answer).map((problem) => told(request, answer, problem));
}

/** What no client should see: the inside of the house, or an error that nobody declared. */
const INSIDE =
  /SQLITE|sqlite|QueryFailed|typeorm|node_modules|\.[jt]s:\d|\bat \w+ \(|postgres|relation "|column "|violates|constraint|byte sequence|\bSELECT\b|INSERT INTO|Cannot (read|convert)|is not a function|undefined/i;

function problemsOf({ status, body, text }: Answer): string[] {
  const problems: string[] = [];
  if (status >= 500) problems.push('is a failure of ours');
  for (const { message, extensions } of body.errors ?? []) {
    if (!Object.hasOwn(ERROR_CODES, extensions.code)) problems.push('has a code that nobody declared');
    if (['INTERNAL', 'UNAVAILABLE'].includes(extensions.code)) problems.push('has a code of ours');
    if (INSIDE.test(message) || message.includes('[object ')) problems.push('tells what is inside');
  }
  if (status >= 400 && (body.errors ?? []).length === 0) problems.push(`has no error: ${text.slice(0, 80)}`);
  return problems;
}

function told({ place, value, form }: BadRequest, { status, text }: Answer, problem: string): string {
  return `${place.name} by a ${form} with ${value[form === 'variable' ? 'json' : 'literal'].slice(0, 60)} ${problem}: ${status} ${text.slice(0, 400)}`;
}
