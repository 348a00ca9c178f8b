import { GraphQLError } from 'graphql';
import type { AttributeKey } from '../attributes/attribute';
import type { DenialReason } from './decide';
import type { Action } from './grants';

/** One schema coordinate that an operation names and its caller may not use. Data, so that every surface can explain it. */
export interface Denial {
  readonly reason: DenialReason;
  readonly action: Action;
  /** The attributes that are missing from the credential's list; empty when the module itself is. */
  readonly attributes: readonly AttributeKey[];
  /** `Type.field`, `Type.field(argument:)` or `Enum.VALUE`, see https://spec.graphql.org/draft/#sec-Schema-Coordinates */
  readonly coordinate: string;
  /** Response names from the root; `"@"` stands for every item of a list. */
  readonly path: readonly string[];
}

const MESSAGES: Record<DenialReason, Record<Action, string>> = {
  MODULE_FORBIDDEN: {
    read: 'This credential may not use this module.',
    write: 'This credential may not use this module.',
  },
  ATTRIBUTE_FORBIDDEN: {
    read: 'This credential may not read this attribute.',
    write: 'This credential may not write this attribute.',
  },
};

/** The one error that a denied coordinate causes, however many rows it would have touched. */
export function denialError(denial: Denial): GraphQLError {
  const [attribute] = denial.attributes;
  return new GraphQLError(MESSAGES[denial.reason][denial.action], {
    path: denial.path,
    extensions: {
      code: denial.reason,
      coordinate: denial.coordinate,
      ...(attribute === undefined ? {} : { attribute, reason: 'NOT_ON_THE_LIST' }),
      ...(denial.attributes.length > 1 ? { missing: denial.attributes } : {}),
    },
  });
}
