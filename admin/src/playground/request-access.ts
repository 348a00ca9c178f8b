import { print } from 'graphql';
import { graphql, type ResultOf, type VariablesOf } from '../graphql/graphql';
import type { Access } from './access';
import { ask, codeOf } from './ask';
import type { Action } from './guards';
import { isModule, MODULES, partsOf, type Wish } from './wishes';

const SendRequest = graphql(`
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

function inputOf(wishes: readonly Wish[], reason: string): VariablesOf<typeof SendRequest>['input'] {
  const wants = (action: Action, name: string): boolean => wishes.includes(`${action}:${name}`);
  const keys = (action: Action): string[] =>
    wishes.map(partsOf).flatMap((part) => (part.action === action && !isModule(part.name) ? [part.name] : []));
  const boxes = MODULES.map((module) => ({ module, read: wants('read', module), write: wants('write', module) }));
  return {
    modules: boxes.filter(({ read, write }) => read || write),
    read: keys('read'),
    write: keys('write'),
    reason,
  };
}
