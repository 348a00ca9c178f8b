import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';
import type { NamingGuard, Visibility } from './visibility';

type Field = GraphQLField<unknown, unknown>;

/** The enums whose values name attributes, with the guards that say which. */
export type EnumGuards = ReadonlyMap<string, readonly NamingGuard[]>;

/**
 * Finds which types are worth anything to whoever sees only a part of the schema: those with something in them that leads
 * to an end. A type that holds nothing but references to itself, such as a filter of connectives alone, does not.
 */
export class UsableTypes {
  private readonly usable = new Set<string>();

  constructor(
    schema: GraphQLSchema,
    private readonly visibility: Visibility,
    private readonly enumGuards: EnumGuards,
  ) {
    // A type becomes usable through others, so this goes on until a round finds none.
    let waiting = Object.values(schema.getTypeMap());
    let before: number;
    do {
      before = waiting.length;
      waiting = waiting.filter((type) => !this.admit(type));
    } while (waiting.length < before);
  }

  has(type: GraphQLType): boolean {
    return this.usable.has(getNamedType(type).name);
  }

  /** A field that needs an argument which is not there cannot be asked for. */
  field(field: Field): boolean {
    return (
      this.visibility.field(field) &&
      this.has(field.type) &&
      field.args.every((argument) => !isRequiredArgument(argument) || this.argument(field, argument))
    );
  }

  argument(field: Field, { name, type }: GraphQLArgument): boolean {
    return this.visibility.argument(field, name) && this.has(type);
  }

  inputField(field: GraphQLInputField): boolean {
    return this.visibility.inputField(field) && this.has(field.type);
  }

  enumValue(type: GraphQLEnumType, value: string): boolean {
    return this.visibility.enumValue(this.enumGuards.get(type.name) ?? [], value);
  }

  private admit(type: GraphQLNamedType): boolean {
    const isUsable = this.isUsable(type);
    if (isUsable) this.usable.add(type.name);
    return isUsable;
  }

  private isUsable(type: GraphQLNamedType): boolean {
    if (isScalarType(type)) return true;
    if (isEnumType(type)) return type.getValues().some(({ value }) => this.enumValue(type, String(value)));
    if (isObjectType(type)) return Object.values(type.getFields()).some((field) => this.field(field));
    // What has several types at once is not seen: the schema has none, and nobody decided which part of one is seen.
    if (!isInputObjectType(type)) return false;
    const fields = Object.values(type.getFields());
    return (
      fields.some((field) => this.inputField(field)) &&
      fields.every((field) => !isRequiredInputField(field) || this.inputField(field))
    );
  }
}
