import { GraphQLError } from 'graphql';
import type { DenialReason } from './decide';
import type { Denial } from './denial';
import type { Action } from './grants';

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

/**
 * The one error that a denied coordinate causes, however many rows it would have touched.
 *
 * @param link to where an admin can give what is missing
 */
export function denialError(denial: Denial, link: string): GraphQLError {
  const [attribute] = denial.attributes;
  return new GraphQLError(MESSAGES[denial.reason][denial.action], {
    path: denial.path,
    extensions: {
      code: denial.reason,
      coordinate: denial.coordinate,
      ...(attribute === undefined ? {} : { attribute, reason: 'NOT_ON_THE_LIST' }),
      ...(denial.attributes.length > 1 ? { missing: denial.attributes } : {}),
      ...(denial.module === null ? {} : { module: denial.module }),
      link,
    },
  });
}
