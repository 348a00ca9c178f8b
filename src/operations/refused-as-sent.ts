import { GraphQLError } from 'graphql';
import type { Caller } from '../permissions/caller';
import { judge, type JudgedOperation, type Verdict } from '../permissions/gate';

/**
 * Judges an operation whose variables do not fit it, as they were sent: what the caller may not use is told before anything
 * else is said about the input.
 *
 * @returns undefined when nothing is refused, so that what is wrong with the variables is told
 */
export function refusedAsSent(judged: JudgedOperation, caller: Caller): Verdict | undefined {
  const verdict = attempted(() => judge(judged, caller));
  return verdict && verdict.refusals.length > 0 ? verdict : undefined;
}

function attempted(attempt: () => Verdict): Verdict | undefined {
  try {
    return attempt();
  } catch (error) {
    // Variables of the wrong shape can make an argument impossible to read.
    if (error instanceof GraphQLError || error instanceof TypeError) return undefined;
    throw error;
  }
}
