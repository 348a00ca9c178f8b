import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { DataSource, EntitySchema, In, Like, MoreThanOrEqual } from 'typeorm';
import { ATTRIBUTES, DENIED_ATTRIBUTES, SEARCHED } from '../people/workloads.mjs';
import { customAttributes, openPeople, peerContext, peerRequests, peerRows } from './peer-people.mjs';
import { startPeer } from './start.mjs';

export const contestant = {
  name: 'apollo-typeorm',
  title: 'Apollo + type-graphql middleware + TypeORM find',
  database: 'SQLite',
  about: 'a global middleware that asks for every field; Apollo’s cache control plugin is off',
  packages: ['@apollo/server', 'type-graphql', 'typeorm'],
  start: (place) => startPeer('apollo-typeorm', place),
  requests: peerRequests,
  rows: peerRows,
};

const NUMBERS = ['weeklyWorkingHours'];
const COLUMNS = { ...ATTRIBUTES, ...DENIED_ATTRIBUTES };

class Employee {}
class CustomAttribute {}
class EmployeeResolver {}

const table = new EntitySchema({
  name: 'Employee',
  target: Employee,
  tableName: 'employee',
  columns: {
    id: { type: 'integer', primary: true },
    supervisorId: { name: 'supervisor_id', type: 'integer', nullable: true },
    ...Object.fromEntries(
      Object.entries(COLUMNS).map(([key, name]) => {
        return [key, { name, type: NUMBERS.includes(key) ? 'double' : 'text', nullable: true }];
      }),
    ),
  },
});

const nullable = { nullable: true };

function declareTypes() {
  for (const key of Object.keys(COLUMNS)) {
    Field(() => (NUMBERS.includes(key) ? Float : String), nullable)(Employee.prototype, key);
  }
  Field(() => ID)(Employee.prototype, 'id');
  ObjectType('Employee')(Employee);
  Field(() => String)(CustomAttribute.prototype, 'key');
  Field(() => String, nullable)(CustomAttribute.prototype, 'value');
  ObjectType('CustomAttribute')(CustomAttribute);
}

function declareResolver(repository) {
  const { prototype } = EmployeeResolver;
  prototype.employee = (id) => repository.findOneBy({ id: Number(id) });
  prototype.employees = (first, status, hiredFrom, search, byName) =>
    repository.find({
      take: first,
      where: conditions({ status, hiredFrom, search }),
      order: { ...(byName ? { lastName: 'ASC', firstName: 'ASC' } : {}), id: 'ASC' },
    });
  prototype.supervisor = ({ supervisorId }, { loader }) => supervisorId && loader.load(supervisorId);
  prototype.customAttributes = customAttributes;
  resolve(
    'employee',
    Query(() => Employee, nullable),
    [Arg('id', () => ID)],
  );
  resolve(
    'employees',
    Query(() => [Employee]),
    [
      Arg('first', () => Int),
      Arg('status', () => String, nullable),
      Arg('hiredFrom', () => String, nullable),
      Arg('search', () => String, nullable),
      Arg('byName', () => Boolean, nullable),
    ],
  );
  resolve(
    'supervisor',
    FieldResolver(() => Employee, nullable),
    [Root(), Ctx()],
  );
  resolve(
    'customAttributes',
    FieldResolver(() => [CustomAttribute], nullable),
    [Root(), Arg('keys', () => [String]), Ctx()],
  );
  Resolver(() => Employee)(EmployeeResolver);
}

// The decorators as TypeScript would apply them.
function resolve(name, decorator, parameters) {
  const { prototype } = EmployeeResolver;
  Reflect.defineMetadata(
    'design:paramtypes',
    parameters.map(() => Object),
    prototype,
    name,
  );
  parameters.forEach((parameter, index) => parameter(prototype, name, index));
  decorator(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
}

function conditions({ status, hiredFrom, search }) {
  const common = { ...(status ? { status } : {}), ...(hiredFrom ? { hireDate: MoreThanOrEqual(hiredFrom) } : {}) };
  return search ? SEARCHED.map((key) => ({ ...common, [key]: Like(`%${search}%`) })) : common;
}

async function mayRead({ context, info }, next) {
  if (info.parentType.name === 'Employee' && !context.reads.has(info.fieldName)) {
    throw new GraphQLError('This attribute may not be read.', { extensions: { code: 'FORBIDDEN' } });
  }
  return next();
}

export async function serve({ file }) {
  const source = new DataSource({ type: 'sqlite', database: file, entities: [table] });
  const repository = (await source.initialize()).getRepository(Employee);
  declareTypes();
  declareResolver(repository);
  const schema = await buildSchema({ resolvers: [EmployeeResolver], globalMiddlewares: [mayRead], validate: false });
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginCacheControlDisabled()] });
  const people = openPeople(file);
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req }) => ({
      ...peerContext(people, req.headers.authorization),
      loader: supervisorsOf(repository),
    }),
  });
  return Number(new URL(url).port);
}

function supervisorsOf(repository) {
  return new DataLoader(async (ids) => {
    const found = new Map((await repository.findBy({ id: In(ids) })).map((person) => [person.id, person]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
