import { GraphQLError } from 'graphql';
import type { DenialReason } from './decide';
import type { Denial } from './denial';

const MESSAGES: Record<DenialReason, string> = {
  MODULE_FORBIDDEN: 'This credential may not use this module.',
  ATTRIBUTE_FORBIDDEN: 'This credential may not read this attribute.',
};

/** The one error that a denied coordinate causes, however many rows it would have touched. */
export function denialError(denial: Denial): GraphQLError {
  const [attribute] = denial.attributes;
  return new GraphQLError(MESSAGES[denial.reason], {
    path: denial.path,
    extensions: {
      code: denial.reason,
      coordinate: denial.coordinate,
      ...(attribute === undefined ? {} : { attribute, reason: 'NOT_ON_THE_LIST' }),
      ...(denial.attributes.length > 1 ? { missing: denial.attributes } : {}),
    },
  });
}
