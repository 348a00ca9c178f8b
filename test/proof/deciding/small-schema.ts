import {
  buildSchema,
  Kind,
  parse,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { CredentialCaller } from '../../../src/permissions/caller';
import type { JudgedOperation } from '../../../src/permissions/gate';
import { NO_GRANTS, type Grants } from '../../../src/permissions/grants';
import { ARGUMENTS_EXTENSION, GUARD_EXTENSION, type Guard, type InputGuard } from '../../../src/permissions/guard';
import { present } from '../../support/present';

const TEXT = `
  interface Named { firstName: String }
  interface Priced { amount: Float }
  type Query {
    employees(filter: Filter, orderBy: [Order!], first: Int = 5): [Employee]
    named: Named
    person(id: ID, last: Int): Employee
    admins(filter: Filter): [String]
    version: String
    unmapped: String
  }
  type Mutation { update(values: Values, keys: [String!]): Employee, create(values: Values): Employee }
  type Employee implements Named {
    firstName: String
    lastName: String
    fullName: String
    fixSalary: Money
    supervisor: Employee
    customAttributes(keys: [String!]): [Custom!]
    absences(filter: Filter): [[Absence!]]
    unmapped: String
  }
  type Money implements Priced { amount: Float }
  type Custom { key: String }
  type Absence { comment: String }
  input Filter { and: [Filter!], firstName: Text, fixSalary: Number, custom: [CustomFilter!], unmapped: Text }
  input Text { eq: String }
  input Number { gt: Float }
  input CustomFilter { key: String!, eq: String }
  input Order { by: By, custom: String }
  input Values { firstName: String, fixSalary: Float, custom: [CustomFilter!] }
  enum By { FIRST_NAME FIX_SALARY NEW }
`;

const STRUCTURE = { kind: 'structure' } as const;
const reads = (...attributes: readonly string[]) => ({ kind: 'attributes', action: 'read', attributes }) as InputGuard;
const of = (...attributes: readonly string[]) => ({ kind: 'attributes', attributes }) as Guard;
const employees = { name: 'EMPLOYEES', action: 'read' } as const;

const FIELDS: Readonly<Record<string, Guard>> = {
  'Query.employees': { kind: 'root', audience: { who: 'credential', module: employees } },
  'Query.person': { kind: 'root', audience: { who: 'credential', module: employees } },
  'Query.named': { kind: 'root', audience: { who: 'credential' } },
  'Query.admins': { kind: 'root', audience: { who: 'admin', roles: ['OWNER'], section: 'API_CREDENTIALS' } },
  'Query.version': { kind: 'root', audience: { who: 'anyone' } },
  'Mutation.update': { kind: 'root', audience: { who: 'credential', module: { name: 'EMPLOYEES', action: 'write' } } },
  'Mutation.create': { kind: 'root', audience: { who: 'credential', module: { name: 'ABSENCES', action: 'write' } } },
  'Employee.firstName': of('firstName'),
  'Employee.lastName': of('lastName'),
  'Employee.fullName': of('firstName', 'lastName'),
  'Employee.fixSalary': of('fixSalary'),
  'Employee.supervisor': of('supervisor'),
  'Employee.customAttributes': { kind: 'customAttributes' },
  'Employee.absences': { kind: 'module', module: 'ABSENCES', attributes: ['id', 'supervisor'] },
  'Money.amount': STRUCTURE,
  'Custom.key': STRUCTURE,
  'Absence.comment': STRUCTURE,
};
const INPUTS: Readonly<Record<string, InputGuard>> = {
  'Filter.and': STRUCTURE,
  'Filter.firstName': reads('firstName'),
  'Filter.fixSalary': reads('fixSalary'),
  'Filter.custom': STRUCTURE,
  'Text.eq': STRUCTURE,
  'Number.gt': STRUCTURE,
  'CustomFilter.key': { kind: 'customKey', action: 'read' },
  'CustomFilter.eq': STRUCTURE,
  'Order.by': {
    kind: 'attributeNames',
    action: 'read',
    attributes: { FIRST_NAME: ['firstName'], FIX_SALARY: ['fixSalary'] },
  },
  'Order.custom': { kind: 'customKey', action: 'read' },
  'Values.firstName': { kind: 'attributes', action: 'write', attributes: ['firstName'] },
  'Values.fixSalary': { kind: 'attributes', action: 'write', attributes: ['fixSalary'] },
  'Values.custom': STRUCTURE,
};
const ARGUMENTS: Readonly<Record<string, Readonly<Record<string, InputGuard>>>> = {
  'Query.employees': { filter: STRUCTURE, orderBy: STRUCTURE, first: STRUCTURE },
  'Query.person': { id: STRUCTURE, last: STRUCTURE },
  'Query.admins': { filter: reads('fixSalary') },
  'Mutation.update': { values: STRUCTURE, keys: { kind: 'customKey', action: 'write' } },
  'Mutation.create': { values: STRUCTURE },
  'Employee.customAttributes': { keys: STRUCTURE },
  'Employee.absences': { filter: reads('lastName') },
};

/** A schema with a guard of each kind, and with what has none. */
export function smallSchema(): GraphQLSchema {
  const schema = buildSchema(TEXT);
  const fieldOf = (name: string) => {
    const [type = '', field = ''] = name.split('.');
    return present((schema.getType(type) as GraphQLObjectType | GraphQLInputObjectType).getFields()[field]);
  };
  for (const [name, guard] of Object.entries({ ...FIELDS, ...INPUTS }))
    fieldOf(name).extensions = { [GUARD_EXTENSION]: guard };
  for (const [name, guards] of Object.entries(ARGUMENTS)) {
    const field = fieldOf(name);
    field.extensions = { ...field.extensions, [ARGUMENTS_EXTENSION]: guards };
  }
  return schema;
}

export function operationOf(
  schema: GraphQLSchema,
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
): JudgedOperation & { readonly text: string; readonly operationName: undefined } {
  const document = parse(text);
  const [operation] = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return { schema, document, operation: present(operation), variables, text, operationName: undefined };
}

export interface Allowed {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly modules?: Partial<Grants['modules']>;
}

const BOTH = { read: true, write: true };

export function grantsOf({ read = [], write = [], modules = { EMPLOYEES: BOTH } }: Allowed): Grants {
  return {
    modules: { ...NO_GRANTS.modules, ...modules },
    attributes: { read: new Set(read), write: new Set(write) },
  };
}

export function credentialWith(allowed: Allowed, own: Partial<CredentialCaller> = {}): CredentialCaller {
  return {
    kind: 'credential',
    credentialId: 'credential-1',
    clientId: 'fgci_1',
    name: 'Directory',
    denialMode: 'NULL_AND_ERROR',
    expiresAt: null,
    tokenEpoch: 1,
    grants: grantsOf(allowed),
    proof: { kind: 'secret', secretId: 'secret-1', permissionVersion: 1 },
    ...own,
  };
}
