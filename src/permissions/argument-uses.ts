import {
  getNamedType,
  isInputObjectType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { customKey, type AttributeKey } from '../attributes/attribute';
import { GatewayError } from '../errors';
import type { Action } from './grants';
import { argumentGuardOf, inputGuardOf, type InputGuard } from './guard';

/** What an operation uses by naming one argument, field of an input type or enum value. */
export interface ArgumentUse {
  readonly action: Action;
  readonly attributes: readonly AttributeKey[];
  /** `EmployeeFilter.fixSalary`, `EmployeeOrderField.LAST_NAME` or `Query.employees(updatedSince:)` */
  readonly coordinate: string;
}

/** Values of input types that one operation may carry; a batch of a thousand rows of thirty fields fits. */
const MOST_VALUES = 100_000;

/**
 * Finds every attribute that the arguments of a field use, at any depth. It walks values as they are after coercion, so a
 * literal, a variable and a default are the same to it, and it knows a field by its input type, never by where it stands.
 */
export class ArgumentUses {
  private visited = 0;

  /** @param readable what the caller may read */
  constructor(private readonly readable: ReadonlySet<AttributeKey>) {}

  /**
   * @param values coerced, as the GraphQL specification's CoerceArgumentValues gives them
   * @throws GatewayError LIMIT_EXCEEDED when there are more values than one operation may carry
   */
  of(parent: string, field: GraphQLField<unknown, unknown>, values: Readonly<Record<string, unknown>>): ArgumentUse[] {
    return field.args
      .filter(({ name }) => values[name] !== undefined)
      .flatMap(({ name, type }) =>
        this.named(argumentGuardOf(field, name), {
          coordinate: `${parent}.${field.name}(${name}:)`,
          type,
          value: values[name],
        }),
      );
  }

  private named(guard: InputGuard | undefined, given: Given): ArgumentUse[] {
    this.count();
    return [...ownUses(guard, given, this.readable), ...this.inside(given.type, given.value)];
  }

  private inside(type: GraphQLInputType, value: unknown): ArgumentUse[] {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || value === null) return [];
    if (Array.isArray(value)) return value.flatMap((item) => this.inside(named, item));
    return this.fields(named, value as Readonly<Record<string, unknown>>);
  }

  private fields(type: GraphQLInputObjectType, values: Readonly<Record<string, unknown>>): ArgumentUse[] {
    const fields = type.getFields();
    return Object.entries(values).flatMap(([name, value]) => {
      const field = fields[name];
      if (!field || value === undefined) return [];
      return this.named(inputGuardOf(field), { coordinate: `${type.name}.${name}`, type: field.type, value });
    });
  }

  private count(): void {
    this.visited += 1;
    if (this.visited > MOST_VALUES) {
      throw new GatewayError('LIMIT_EXCEEDED', 'The arguments hold too many values.', {
        limit: 'ARGUMENT_VALUES',
        most: MOST_VALUES,
      });
    }
  }
}

interface Given {
  readonly coordinate: string;
  readonly type: GraphQLInputType;
  readonly value: unknown;
}

function ownUses(
  guard: InputGuard | undefined,
  { coordinate, type, value }: Given,
  readable: ReadonlySet<AttributeKey>,
): ArgumentUse[] {
  // The start-up check makes it impossible; what nobody mapped is refused all the same.
  if (!guard) throw new GatewayError('FORBIDDEN', 'This argument is not available.');
  switch (guard.kind) {
    case 'structure':
      if (!guard.looksAt || value === null) return [];
      return [{ action: 'read', attributes: [...readable].filter(guard.looksAt), coordinate }];
    case 'attributes':
      return [{ action: guard.action, attributes: guard.attributes, coordinate }];
    case 'customKey':
      return texts(value).map((key) => ({ action: guard.action, attributes: [customKey(key)], coordinate }));
    case 'attributeNames':
      return texts(value).map((name) => ({
        action: guard.action,
        // What the enum gained and nobody mapped is a key that no grant holds.
        attributes: guard.attributes[name] ?? [name],
        coordinate: `${getNamedType(type).name}.${name}`,
      }));
  }
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  return typeof value === 'string' ? [value] : [];
}
