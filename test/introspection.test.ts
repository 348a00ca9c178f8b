import fc from 'fast-check';
import {
  assertValidSchema,
  getIntrospectionQuery,
  getNamedType,
  graphqlSync,
  introspectionFromSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import type { CredentialCaller } from '../src/permissions/caller';
import type { Grants } from '../src/permissions/grants';
import { adminBrowser } from './support/admin';
import { databases } from './support/database';
import { CUSTOM_NAMES, generatedGrants } from './support/generated-grants';
import {
  basic,
  grantsOf,
  startTestGateway,
  type Answer,
  type TestCredential,
  type TestGateway,
} from './support/gateway';
import { list, Managing } from './support/managing';
import { present } from './support/present';

const SCHEMA_QUERY = getIntrospectionQuery({
  inputValueDeprecation: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  oneOf: true,
});
const [sqlite] = databases;

function callerWith(grants: Grants): CredentialCaller {
  const proof = { kind: 'token', tokenId: 'token', permissionVersion: 1 } as const;
  return {
    kind: 'credential',
    credentialId: 'credential',
    clientId: 'fgci_x',
    name: 'One',
    denialMode: 'NULL_AND_ERROR',
    expiresAt: null,
    tokenEpoch: 0,
    grants,
    proof,
  };
}

/** Everything with a name in a schema: `Type.field`, `Type.field(argument:)`, `Enum.VALUE`. */
function coordinatesOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`);
      if (isInputObjectType(type)) return Object.keys(type.getFields()).map((name) => `${type.name}.${name}`);
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) => [
        `${type.name}.${name}`,
        ...args.map((argument) => `${type.name}.${name}(${argument.name}:)`),
      ]);
    });
}

/**
 * What grants let a credential use, said a second time and in other words than the guards: for each type whose parts depend
 * on grants, the parts. What is not here depends on nothing but whether it can be reached.
 */
function expectedParts(grants: Grants): Readonly<Record<string, readonly string[]>> {
  const { modules, attributes } = grants;
  const people = modules.EMPLOYEES.read;
  const reads = (key: string) => people && (key === 'id' || attributes.read.has(key));
  const writes = (key: string) => modules.EMPLOYEES.write && attributes.write.has(key);
  const readsCustom = CUSTOM_NAMES.some((name) => reads(`custom.${name}`));
  const writesCustom = CUSTOM_NAMES.some((name) => writes(`custom.${name}`));
  const when = (condition: boolean, ...names: string[]) => (condition ? names : []);
  const of = (wanted: (key: string) => boolean, except: readonly string[] = []) =>
    SYSTEM_ATTRIBUTES.map(({ key }) => key).filter((key) => wanted(key) && !except.includes(key));
  const shouted = (keys: readonly string[]) => keys.map((key) => key.replace(/[A-Z]/g, '_$&').toUpperCase());
  const input = [...when(writesCustom, 'customAttributes'), ...of(writes)];
  const termination = [
    'status',
    'contractEndDate',
    'terminationDate',
    'terminationType',
    'terminationReason',
    'lastWorkingDay',
  ].filter(writes);
  const measurable = ['weeklyWorkingHours', 'vacationDayBalance', 'fixSalary', 'hourlySalary'].filter(reads);
  const notOrdered = ['supervisor', 'costCenters', 'absenceEntitlement'];
  const notGrouped = [
    ...['id', 'profilePicture', 'weeklyWorkingHours', 'costCenters', 'absenceEntitlement'],
    ...['vacationDayBalance', 'createdAt', 'lastModifiedAt'],
  ];
  const all: Record<string, readonly string[]> = {
    Query: [
      ...['viewer', 'attributes', 'accessRequests'],
      ...when(people, 'employees', 'employee', 'changes', 'employeeStatistics'),
      ...when(modules.ABSENCES.read, 'absences', 'absenceTypes'),
      ...when(modules.ATTENDANCES.read, 'attendances'),
    ],
    Mutation: [
      'requestAccess',
      ...when(input.length > 0, 'createEmployee', 'updateEmployee', 'upsertEmployees'),
      // Without a date, nothing ends.
      ...when(writes('terminationDate'), 'terminateEmployee'),
      ...when(modules.ABSENCES.write, 'updateAbsence', 'createAbsenceType'),
      // They name a person by id.
      ...when(modules.ABSENCES.write && people, 'createAbsence'),
      ...when(modules.ATTENDANCES.write, 'updateAttendance', 'deleteAttendance'),
      ...when(modules.ATTENDANCES.write && people, 'createAttendances'),
    ],
    Employee: when(
      people,
      ...of(reads),
      ...when(['firstName', 'lastName', 'preferredName'].every(reads), 'displayName'),
      ...when(reads('lastModifiedAt'), 'version'),
      ...when(readsCustom, 'customAttributes'),
      ...when(modules.ABSENCES.read, 'absences'),
      ...when(modules.ABSENCES.read && reads('absenceEntitlement'), 'absenceBalances'),
      ...when(modules.ATTENDANCES.read, 'attendances'),
    ),
    EmployeeFilter: when(people, 'and', 'or', 'not', ...when(readsCustom, 'custom'), ...of(reads)),
    EmployeeOrder: when(people, 'by', ...when(readsCustom, 'custom'), 'direction', 'nulls'),
    EmployeeOrderField: shouted(of(reads, notOrdered)),
    EmployeeGrouping: shouted(of(reads, notGrouped)),
    EmployeeMeasurable: shouted(measurable),
    EmployeeInput: input,
    TerminationInput: when(writes('terminationDate'), ...termination),
    UpsertEmployeeInput: when(
      input.length > 0,
      ...['id', 'personnelNumber', 'values'],
      ...when(reads('lastModifiedAt'), 'version'),
    ),
  };
  return all;
}

function partsOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (isEnumType(type)) return type.getValues().map((value) => value.name);
  return isObjectType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [];
}

function expectNarrowed(gateway: TestGateway, grants: Grants): void {
  const schema = gateway.house.contracts.schemaFor(callerWith(grants));
  assertValidSchema(schema);
  for (const [name, parts] of Object.entries(expectedParts(grants))) {
    expect([name, partsOf(schema, name).sort()]).toEqual([name, [...parts].sort()]);
  }
  const text = JSON.stringify(introspectionFromSchema(schema));
  const granted = CUSTOM_NAMES.filter((name) => {
    const { modules, attributes } = grants;
    return (['read', 'write'] as const).some(
      (action) => modules.EMPLOYEES[action] && attributes[action].has(`custom.${name}`),
    );
  });
  expect(CUSTOM_NAMES.filter((name) => text.includes(name))).toEqual(granted);
  const parts = Object.keys(expectedParts(grants));
  const whole = new Set(coordinatesOf(gateway.house.schema));
  expect(coordinatesOf(schema).filter((coordinate) => !whole.has(coordinate))).toEqual([]);
  // Whatever else can be reached, is there as a whole: nothing allowed is missing.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !parts.includes(type.name) && !DEPENDING.has(type.name)) {
      expect(partsOf(schema, type.name)).toEqual(partsOf(gateway.house.schema, type.name));
    }
  }
}

/** Types that lose a part when the module behind it is not granted. */
const DEPENDING = new Set([
  ...['Absence', 'Attendance', 'AbsencePayload', 'AttendancePayload', 'AbsenceTypePayload', 'AttendanceRow'],
  ...['EmployeePayload', 'UpsertEmployeeRow', 'EmployeeMeasure'],
]);

describe('the schema that generated grants show', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway(present(sqlite));
  });

  afterAll(() => gateway.close());

  test.each([
    ['a fixed seed', { seed: 20261125, numRuns: 100 }],
    ['a fresh seed', { numRuns: 100 }],
  ])(
    'is valid, holds everything allowed and nothing denied, names of custom attributes included: %s',
    (_name, runs) => {
      let shown = 0;
      fc.assert(
        fc.property(generatedGrants, (grants) => {
          expectNarrowed(gateway, grants);
          shown += partsOf(gateway.house.contracts.schemaFor(callerWith(grants)), 'Employee').length > 1 ? 1 : 0;
        }),
        runs,
      );
      // Grants that show nobody would say little.
      expect(shown).toBeGreaterThan(25);
    },
  );

  test('has a hash that tells what may be used, and nothing else of the credential', () => {
    const { contracts } = gateway.house;
    const one = grantsOf({ attributes: ['firstName', 'lastName', 'custom.zebraCount'] });
    const other = grantsOf({ attributes: ['custom.zebraCount', 'lastName', 'firstName'] });
    expect(contracts.hashOf(one)).toBe(contracts.hashOf(other));
    const less = [
      ['firstName', 'lastName'],
      ['firstName', 'custom.zebraCount'],
      ['firstName', 'lastName', 'custom.axolotl_id'],
    ];
    const hashes = less.map((attributes) => contracts.hashOf(grantsOf({ attributes })));
    expect(new Set([contracts.hashOf(one), ...hashes]).size).toBe(4);
  });
});

describe.each(databases)('introspection on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;
  const grants = { attributes: ['firstName', 'custom.zebraCount'] };

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    reader = await gateway.credential({ ...grants, name: 'Reader' });
  });

  afterAll(() => gateway.close());

  const seenWith = (seen: Grants) => gateway.house.contracts.schemaFor(callerWith(seen));

  test('shows a credential its own part of the schema, through fragments and aliases as well', async () => {
    const expected = graphqlSync({ schema: seenWith(grantsOf(grants)), source: SCHEMA_QUERY });
    const plain = await gateway.query(reader, SCHEMA_QUERY);
    const [operation = '', ...fragments] = SCHEMA_QUERY.split(/(?=fragment )/);
    const inner = operation.slice(operation.indexOf('{') + 1, operation.lastIndexOf('}'));
    const wrapped = `query Wrapped { ...Outer } fragment Outer on Query { ... @include(if: true) { ...Inner } }
      fragment Inner on Query { ${inner.replace('__schema', 'hidden: __schema')} } ${fragments.join('')}`;
    const { body } = await gateway.query(reader, wrapped);
    expect(plain.body).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(body.errors).toBeUndefined();
    expect(body.data).toEqual({ hidden: plain.body.data.__schema });
  });

  test('shows what works, and hides what is denied', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(generatedGrants, async (generated) => {
        const { credential, secret } = await gateway.house.credentials.create({
          name: `Generated ${(made += 1)}`,
          denialMode: 'NULL_AND_ERROR',
          expiresAt: null,
          enabled: true,
          grants: generated,
        });
        const as = basic(credential.clientId, secret);
        const seen = seenWith(generated);
        const shown = await gateway.query(as, everythingIn(seen));
        expect(shown.body.errors).toBeUndefined();
        if (!generated.modules.EMPLOYEES.read) return;
        const missing = (type: string) =>
          partsOf(gateway.house.schema, type).filter((part) => !partsOf(seen, type).includes(part));
        const hidden = missing('Employee').filter((name) => name !== 'customAttributes');
        const selected = await gateway.query(
          as,
          `{ employees(first: 1) { nodes { ${selections(gateway, hidden)} } } }`,
        );
        expect(codesByPlace(selected, 'Employee')).toEqual(hidden.sort());
        const unfiltered = missing('EmployeeFilter').filter((name) => name !== 'custom');
        const conditions = unfiltered.map((name) => `{ ${name}: {} }`).join(' ');
        const filtered = await gateway.query(as, `{ employees(filter: { and: [${conditions}] }) { totalCount } }`);
        expect(codesByPlace(filtered, 'EmployeeFilter')).toEqual(unfiltered.sort());
      }),
      { numRuns: 8 },
    );
  });

  test('answers what else an operation asks for, each in its place, and explains a denied field as ever', async () => {
    const { body, text } = await gateway.query(
      reader,
      `query ($name: String!, $filter: EmployeeFilter, $off: Boolean = false) {
        money: __type(name: "Money") { name }
        employees(first: 1, filter: $filter) { nodes { firstName fixSalary { amount } } }
        __typename
        mine: __type(name: $name) { fields { name } }
        __schema @include(if: $off) { types { name } }
      }`,
      { name: 'Employee', filter: { firstName: { neq: 'x' } } },
    );
    expect(Object.keys(body.data as object)).toEqual(['money', 'employees', '__typename', 'mine']);
    expect(body.data.money).toBeNull();
    expect(body.data.employees.nodes).toEqual([{ firstName: expect.any(String), fixSalary: null }]);
    expect(body.data.mine.fields.map(({ name }: { name: string }) => name)).toEqual([
      'id',
      'firstName',
      'customAttributes',
    ]);
    expect(body.errors).toMatchObject([
      { extensions: { code: 'ATTRIBUTE_FORBIDDEN', attribute: 'fixSalary', coordinate: 'Employee.fixSalary' } },
    ]);
    expect(text).not.toContain('MoneyFilter');
  });

  test('shows a changed list with the next request', async () => {
    const changing = await gateway.credential({ attributes: ['firstName', 'lastName'] });
    const owner = new Managing(await adminBrowser(gateway, 'OWNER'));
    const fields = async () => {
      const { body } = await gateway.query(changing, '{ __type(name: "Employee") { fields { name } } }');
      return body.data.__type.fields.map(({ name }: { name: string }) => name);
    };
    expect(await fields()).toEqual(['id', 'firstName', 'lastName']);
    const { body } = await owner.admin.send(`{ credentials(search: "${changing.clientId}") { nodes { id version } } }`);
    const { id, version } = body.data.credentials.nodes[0] as { id: string; version: number };
    expect((await owner.update(id, { version, grants: list(['lastName']) })).userErrors).toEqual([]);
    expect(await fields()).toEqual(['id', 'lastName']);
  });

  test.each([
    ['OWNER', true],
    ['MANAGER', true],
    ['AUDITOR', false],
  ] as const)(
    'shows an admin in the role %s what that role manages, and no data of employees',
    async (role, manages) => {
      const admin = await adminBrowser(gateway, role);
      const { body } = await admin.send(
        `{ __schema { queryType { fields { name } } mutationType { fields { name } } types { name } } }`,
      );
      const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
      const { queryType, mutationType, types } = body.data.__schema;
      expect(names(queryType.fields)).toEqual(expect.arrayContaining(['me', 'credentials', 'auditEvents']));
      expect(names(queryType.fields)).not.toContain('employees');
      expect(names(mutationType.fields).includes('createCredential')).toBe(manages);
      expect(names(mutationType.fields).includes('setFeature')).toBe(role === 'OWNER');
      expect(names(types)).not.toContain('Employee');
      expect(names(types)).not.toContain('EmployeeFilter');
    },
  );

  test('shows nobody anything but how to sign in', async () => {
    for (const query of [
      SCHEMA_QUERY,
      '{ a: __type(name: "Query") { name } }',
      '{ ... { __schema { types { name } } } }',
    ]) {
      const { status, body, headers } = await gateway.query(undefined, query);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(body.data).toBeUndefined();
      expect(body.errors).toMatchObject([{ message: /bearer token/, extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });

  test.each([
    ['a field', '{ employees { nodes { fixSalry { amount } } } }', {}],
    ['an argument', '{ employees(filtr: {}) { totalCount } }', {}],
    ['a field of an input', '{ employees(filter: { fixSalry: {} }) { totalCount } }', {}],
    ['a value of an enum', '{ employees(orderBy: [{ by: FIX_SALRY }]) { totalCount } }', {}],
    ['a type', '{ ... on Qery { viewer { name } } }', {}],
    ['a directive', '{ viewer @skp(if: true) { name } }', {}],
    ['a variable', 'query ($f: EmployeeFilter) { employees(filter: $f) { totalCount } }', { f: { fixSalry: {} } }],
    [
      'a value in a variable',
      'query ($o: [EmployeeOrder!]) { employees(orderBy: $o) { totalCount } }',
      { o: { by: 'FIX_SALRY' } },
    ],
  ])('suggests no name to whoever mistypes %s (L32)', async (_what, query, variables) => {
    const { body, text } = await gateway.query(reader, query, variables);
    expect(present(body.errors).length).toBeGreaterThan(0);
    expect(text).not.toMatch(/did you mean|fixSalary|FIX_SALARY/i);
  });
});

/** An operation that uses what grants show of people: every field, condition, order, grouping and measure. */
function everythingIn(seen: GraphQLSchema): string {
  const chunks = (names: readonly string[], size: number) =>
    Array.from({ length: Math.ceil(names.length / size) }, (_, at) => names.slice(at * size, (at + 1) * size));
  const fields = partsOf(seen, 'Employee').map((name) => `${name} ${selectionOf(seen, name)}`);
  if (fields.length === 0) return '{ viewer { name } }';
  const conditions = partsOf(seen, 'EmployeeFilter').map((name) => {
    const isList = ['and', 'or', 'custom'].includes(name);
    return `{ ${name}: ${isList ? '[]' : '{}'} }`;
  });
  const orders = chunks(partsOf(seen, 'EmployeeOrderField'), 5).map(
    (names, at) =>
      `order${at}: employees(orderBy: [${names.map((name) => `{ by: ${name} }`).join(' ')}]) { totalCount }`,
  );
  const groups = chunks(partsOf(seen, 'EmployeeGrouping'), 4).map(
    (names, at) =>
      `group${at}: employeeStatistics(groupBy: [${names.map((name) => `{ by: ${name} }`).join(' ')}]) { withheldGroups }`,
  );
  const measures = partsOf(seen, 'EmployeeMeasurable').map((name) => `{ of: ${name}, function: AVG }`);
  const measured =
    measures.length > 0 ? [`employeeStatistics(measures: [${measures.join(' ')}]) { withheldGroups }`] : [];
  return `{ employees(first: 1, filter: { or: [${conditions.join(' ')}] }) { nodes { ${fields.join(' ')} } }
    ${[...orders, ...groups, ...measured].join('\n')} }`;
}

function selectionOf(schema: GraphQLSchema, name: string): string {
  const employee = schema.getType('Employee');
  const field = isObjectType(employee) ? employee.getFields()[name] : undefined;
  return field && isObjectType(getNamedType(field.type)) ? '{ __typename }' : '';
}

function selections(gateway: TestGateway, names: readonly string[]): string {
  return ['id', ...names.map((name) => `${name} ${selectionOf(gateway.house.schema, name)}`)].join(' ');
}

/** The parts of a type that an answer says are denied. */
function codesByPlace({ body }: Answer, type: string): string[] {
  return (body.errors ?? [])
    .map(({ extensions }) => {
      expect(extensions.code).toMatch(/^(ATTRIBUTE|MODULE)_FORBIDDEN$/);
      const [owner, part = ''] = String(extensions['coordinate']).split('.');
      expect(owner).toBe(type);
      return part;
    })
    .sort();
}
