import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';

/** A calendar day, kept as the text `YYYY-MM-DD` throughout, so that no time zone can move it. */
export const DateScalar = new GraphQLScalarType<string, string>({
  ...GraphQLLocalDate.toConfig(),
  name: 'Date',
  description: 'A calendar day without a time zone: YYYY-MM-DD (RFC 3339 full-date).',
  specifiedByURL: null,
});

/** A moment. The store keeps it as text in the very format that is served. */
export const DateTimeScalar = new GraphQLScalarType<Date | string, string>({
  ...GraphQLDateTimeISO.toConfig(),
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
