import {
  getNamedType,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLNullableType,
  type GraphQLOutputType,
  type GraphQLType,
} from 'graphql';
import type { Action } from './grants';
import { argumentGuardOf, guardOf, inputGuardOf, type Guard, type InputGuard } from './guard';
import { UsableTypes, type EnumGuards } from './usable-types';
import type { NamingGuard, Visibility } from './visibility';

type Field = GraphQLField<unknown, unknown>;

/**
 * The part of the schema that somebody may use, as a schema of its own: no field, argument, input field or value of an enum
 * beside it, and no type that would be empty. It is looked at and never executed against.
 */
export function narrowSchema(schema: GraphQLSchema, visibility: Visibility, enumGuards: EnumGuards): GraphQLSchema {
  const narrowing = new Narrowing(new UsableTypes(schema, visibility, enumGuards), visibility);
  return new GraphQLSchema({
    description: schema.description,
    query: narrowing.root(schema.getQueryType()),
    mutation: narrowing.root(schema.getMutationType()),
    subscription: narrowing.root(schema.getSubscriptionType()),
    directives: schema.getDirectives(),
  });
}

class Narrowing {
  private readonly narrowed = new Map<string, GraphQLNamedType>();

  constructor(
    private readonly types: UsableTypes,
    private readonly visibility: Visibility,
  ) {}

  root(type: GraphQLObjectType | null | undefined): GraphQLObjectType | undefined {
    return type && this.types.has(type) ? (this.named(type) as GraphQLObjectType) : undefined;
  }

  private named(type: GraphQLNamedType): GraphQLNamedType {
    const known = this.narrowed.get(type.name);
    if (known) return known;
    const made = this.make(type);
    this.narrowed.set(type.name, made);
    return made;
  }

  // Fields are made when they are first looked at, because types refer to each other in circles.
  private make(type: GraphQLNamedType): GraphQLNamedType {
    if (isObjectType(type)) return new GraphQLObjectType({ ...type.toConfig(), fields: () => this.fields(type) });
    if (isInputObjectType(type)) {
      return new GraphQLInputObjectType({ ...type.toConfig(), fields: () => this.inputFields(type) });
    }
    return isEnumType(type) ? new GraphQLEnumType({ ...type.toConfig(), values: this.values(type) }) : type;
  }

  private fields(type: GraphQLObjectType): ReturnType<GraphQLObjectType['toConfig']>['fields'] {
    const { fields } = type.toConfig();
    const seen = Object.values(type.getFields()).filter((field) => this.types.field(field));
    return Object.fromEntries(
      seen.map((field) => [
        field.name,
        {
          ...fields[field.name],
          type: this.wrapped(field.type) as GraphQLOutputType,
          args: this.arguments(field),
          description: this.described(field.description, keyActionOf(guardOf(field))),
        },
      ]),
    );
  }

  private arguments(field: Field) {
    const seen = field.args.filter((argument) => this.types.argument(field, argument));
    return Object.fromEntries(
      seen.map(({ name, type, description, ...argument }) => [
        name,
        {
          ...argument,
          type: this.wrapped(type) as GraphQLInputType,
          description: this.described(description, keyActionOf(argumentGuardOf(field, name))),
        },
      ]),
    );
  }

  private inputFields(type: GraphQLInputObjectType) {
    const seen = Object.values(type.getFields()).filter((field) => this.types.inputField(field));
    return Object.fromEntries(seen.map((field) => [field.name, this.inputField(field)]));
  }

  private inputField({ type, description, ...field }: GraphQLInputField) {
    return {
      ...field,
      type: this.wrapped(type) as GraphQLInputType,
      description: this.described(description, keyActionOf(inputGuardOf(field))),
    };
  }

  private values(type: GraphQLEnumType) {
    const { values } = type.toConfig();
    return Object.fromEntries(
      Object.entries(values).filter(([name, { value }]) => this.types.enumValue(type, String(value ?? name))),
    );
  }

  private wrapped(type: GraphQLType): GraphQLType {
    if (isNonNullType(type)) return new GraphQLNonNull(this.wrapped(type.ofType) as GraphQLNullableType);
    if (isListType(type)) return new GraphQLList(this.wrapped(type.ofType));
    return this.named(type);
  }

  /** Custom attributes are keys and no fields, so the text is the one place where a schema can name those that are granted. */
  private described(text: string | null | undefined, action: Action | undefined): string | null | undefined {
    if (action === undefined) return text;
    const names = this.visibility.customNames(action).map((name) => `\`${name}\``);
    return [text, `Granted: ${names.join(', ')}.`].filter(Boolean).join(' ');
  }
}

/** @returns whether a guard is about keys of custom attributes, and what is done with them */
function keyActionOf(guard: Guard | InputGuard | undefined): Action | undefined {
  if (guard?.kind === 'customAttributes') return 'read';
  return guard?.kind === 'customKey' ? guard.action : undefined;
}

/** @returns the guards of every place that takes an enum whose values name attributes, by the enum's name */
export function enumGuardsOf(schema: GraphQLSchema): EnumGuards {
  const found = new Map<string, NamingGuard[]>();
  const add = (type: GraphQLInputType, guard: InputGuard | undefined): void => {
    if (guard?.kind !== 'attributeNames') return;
    const { name } = getNamedType(type);
    found.set(name, [...(found.get(name) ?? []), guard]);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) add(field.type, inputGuardOf(field));
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      for (const { name, type: taken } of field.args) add(taken, argumentGuardOf(field, name));
  }
  return found;
}
