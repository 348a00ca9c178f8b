import { GraphQLError, GraphQLScalarType, type GraphQLScalarTypeConfig } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';

type Reading<Value> = Pick<GraphQLScalarTypeConfig<Value, unknown>, 'parseValue' | 'parseLiteral'>;

/** Reads as the other scalar does, and says in our words what is needed when it cannot: its own show how it works inside. */
function readLike<Value>(other: GraphQLScalarType<Value, unknown>, needed: string): Reading<Value> {
  const orRefuse = (read: () => Value): Value => {
    try {
      return read();
    } catch {
      throw new GraphQLError(`${needed} is needed here.`);
    }
  };
  return {
    parseValue: (value) => orRefuse(() => other.parseValue(value)),
    parseLiteral: (node, variables) => orRefuse(() => other.parseLiteral(node, variables)),
  };
}

/** A calendar day, kept as the text `YYYY-MM-DD` throughout, so that no time zone can move it. */
export const DateScalar = new GraphQLScalarType<string, string>({
  ...GraphQLLocalDate.toConfig(),
  ...readLike(GraphQLLocalDate, 'A day of the calendar as YYYY-MM-DD'),
  name: 'Date',
  description: 'A calendar day without a time zone: YYYY-MM-DD (RFC 3339 full-date).',
  specifiedByURL: null,
});

/** A moment. The store keeps it as text in the very format that is served. */
export const DateTimeScalar = new GraphQLScalarType<Date | string, string>({
  ...GraphQLDateTimeISO.toConfig(),
  ...readLike(GraphQLDateTimeISO, 'A moment with its offset from UTC, such as 2026-01-31T08:30:00Z,'),
  name: 'DateTime',
  description: 'A moment in UTC with milliseconds, such as 2026-01-31T08:30:00.000Z (RFC 3339 date-time).',
  specifiedByURL: null,
  serialize: String,
});

/** A custom attribute's value in the JSON shape of its type. */
export const AttributeValueScalar = new GraphQLScalarType<AttributeValue, AttributeValue>({
  name: 'AttributeValue',
  description:
    'The value of a custom attribute: a string for TEXT, MULTILINE, DATE, LINK and LIST, a number for INTEGER and DECIMAL, a boolean for BOOLEAN, a list of strings for TAGS.',
});

export type AttributeValue = string | number | boolean | readonly string[];
