import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildSchema,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  isInputObjectType,
  isObjectType,
  type GraphQLFieldConfig,
} from 'graphql';
import { assertGuarded } from '../src/permissions/assert-guarded';
import { GUARD_EXTENSION } from '../src/permissions/guard';
import { schemaText } from '../src/schema';

test('schema.graphql is what the code says', () => {
  expect(readFileSync(path.resolve(__dirname, '../schema.graphql'), 'utf8')).toBe(schemaText());
});

test('every type, field, argument and enum value is described', () => {
  const undescribed: string[] = [];
  const check = (name: string, { description }: { readonly description?: string | null }) => {
    if (!description?.trim()) undescribed.push(name);
  };
  for (const type of Object.values(buildSchema(schemaText()).getTypeMap())) {
    if (type.name.startsWith('__') || ['Boolean', 'Float', 'ID', 'Int', 'String'].includes(type.name)) continue;
    if (!['Query', 'Mutation'].includes(type.name)) check(type.name, type);
    if (isObjectType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        if ('args' in field)
          for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
  }
  expect(undescribed).toEqual([]);
});

describe('the start is refused (S3)', () => {
  const schemaWith = (field: GraphQLFieldConfig<unknown, unknown>) =>
    new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Employee', fields: { shoeSize: field } }) });
  const guard = (value: object) => ({ extensions: { [GUARD_EXTENSION]: value } });

  test('when a field is mapped to no attribute (L05, L06)', () => {
    expect(() => assertGuarded(schemaWith({ type: GraphQLString }))).toThrow('Employee.shoeSize names no attribute');
  });

  test('when a field that can be denied could not answer null (L25)', () => {
    const nonNull = buildSchema('type Query { x: String! }').getQueryType()?.getFields()['x']?.type;
    const field = { type: nonNull ?? GraphQLString, ...guard({ kind: 'attributes', attributes: ['fixSalary'] }) };
    expect(() => assertGuarded(schemaWith(field))).toThrow('must be nullable');
  });

  test('and not when everything is mapped', () => {
    const field = { type: GraphQLString, ...guard({ kind: 'attributes', attributes: ['fixSalary'] }) };
    expect(() => assertGuarded(schemaWith(field))).not.toThrow();
  });
});
