import type { Fetcher } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';
import { useCallback, useRef } from 'react';
import { NoToken, type Access } from './access';
import { ask, type Answer } from './ask';

/** The last operation that was sent: its answer, or that there was none. */
export type Run = { readonly answer: Answer } | 'UNREACHABLE';

const INTROSPECTION = 'IntrospectionQuery';

/**
 * How the editor sends operations. The way stays the same object while somebody is signed in: with another one, the editor
 * would ask for the schema again.
 */
export function useFetcher(access: Access, onRun: (run: Run) => void, onEnded: () => void): Fetcher {
  const listeners = useRef({ onRun, onEnded });
  listeners.current = { onRun, onEnded };
  return useCallback(
    async ({ query, variables, operationName: chosen }) => {
      const operationName = amongThoseOf(query, chosen);
      const isIntrospection = operationName === INTROSPECTION;
      try {
        const answer = await ask(access, { query, variables: variables as unknown, operationName });
        if (!isIntrospection) listeners.current.onRun({ answer });
        return shown(answer);
      } catch (error) {
        if (error instanceof NoToken && error.problem.kind !== 'UNREACHABLE') listeners.current.onEnded();
        else if (!isIntrospection) listeners.current.onRun('UNREACHABLE');
        throw error;
      }
    },
    [access],
  );
}

/** The editor learns a moment late which operations its document has, and may choose one of the document before. */
function amongThoseOf(query: string, chosen: string | null | undefined): string | null | undefined {
  try {
    const isThere = parse(query).definitions.some(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === chosen,
    );
    return isThere ? chosen : null;
  } catch {
    // The gateway says what is wrong with it.
    return chosen;
  }
}

/** Without the cost, which an integration is told only when it asks, and which stands below the answer. */
function shown({ body }: Answer): object {
  const { extensions, ...rest } = body;
  const { cost: _cost, ...others } = extensions ?? {};
  return Object.keys(others).length > 0 ? { ...rest, extensions: others } : rest;
}
