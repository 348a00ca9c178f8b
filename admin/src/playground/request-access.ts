import { print } from 'graphql';
import { graphql, type ResultOf } from '../graphql/graphql';
import type { Access } from './access';
import { ask, codeOf } from './ask';
import { inputOf, type Wish } from './wishes';

export const SendRequest = graphql(`
  mutation SendRequest($input: AccessRequestInput!) {
    requestAccess(input: $input) {
      userErrors {
        code
      }
    }
  }
`);

/** Why a request was not taken. */
export interface RequestProblem {
  readonly kind: (typeof TOLD)[number] | 'other';
  readonly code: string;
}

/** Codes with words of their own. */
const TOLD = ['LIMIT', 'NOT_ALLOWED', 'UNKNOWN', 'UNREACHABLE'] as const;

/** @returns undefined when the request waits for an admin now */
export async function requestAccess(
  access: Access,
  wishes: readonly Wish[],
  reason: string,
): Promise<RequestProblem | undefined> {
  try {
    const answer = await ask(access, { query: print(SendRequest), variables: { input: inputOf(wishes, reason) } });
    const data = answer.body.data as ResultOf<typeof SendRequest> | null | undefined;
    if (!data) return problemOf(codeOf(answer) ?? 'UNREACHABLE');
    const [problem] = data.requestAccess.userErrors;
    return problem && problemOf(problem.code);
  } catch {
    return problemOf('UNREACHABLE');
  }
}

function problemOf(code: string): RequestProblem {
  return { kind: TOLD.find((told) => told === code) ?? 'other', code };
}
