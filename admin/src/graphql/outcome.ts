import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { useCallback, useRef } from 'react';
import { useClient } from 'urql';

/** What kept an operation from being answered, as far as the person in front of it can do something about it. */
export type Problem =
  'UNREACHABLE' | 'SIGNED_OUT' | 'PASSWORD_NEEDED' | 'FORBIDDEN' | 'NOT_FOUND' | 'TOO_MANY' | 'OFF' | 'FAILED';

export type Outcome<Data> =
  { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly problem: Problem };

const PROBLEMS: Readonly<Record<string, Problem>> = {
  UNAUTHENTICATED: 'SIGNED_OUT',
  REAUTHENTICATION_REQUIRED: 'PASSWORD_NEEDED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  RATE_LIMITED: 'TOO_MANY',
  FEATURE_OFF: 'OFF',
  UNAVAILABLE: 'UNREACHABLE',
};

export function problemOf(error: CombinedError): Problem {
  const code = error.graphQLErrors[0]?.extensions['code'];
  if (typeof code === 'string') return PROBLEMS[code] ?? 'FAILED';
  return error.networkError ? 'UNREACHABLE' : 'FAILED';
}

/** @param outcome that did not bring what was asked for: it was never answered, or the answer lacks it */
export function problemIn(outcome: Outcome<unknown>): Problem {
  return outcome.ok ? 'FAILED' : outcome.problem;
}

export type Send = <Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Outcome<Data>>;

/** Sends mutations. Never throws: what went wrong is part of the outcome. */
export function useSend(): Send {
  const client = useClient();
  return useCallback(
    async (document, variables) => {
      const { data, error } = await client.mutation(document, variables).toPromise();
      if (error) return { ok: false, problem: problemOf(error) };
      return data ? { ok: true, data } : { ok: false, problem: 'FAILED' };
    },
    [client],
  );
}

/** What was answered last: a later question that fails takes nothing from the page, nor what is being typed there. */
export function useAnswered<Data>(data: Data | undefined): Data | undefined {
  const answered = useRef(data);
  if (data !== undefined) answered.current = data;
  return answered.current;
}

/** Asks once, past the cache. Never throws. */
export function useAsk(): Send {
  const client = useClient();
  return useCallback(
    async (document, variables) => {
      const { data, error } = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise();
      if (error) return { ok: false, problem: problemOf(error) };
      return data ? { ok: true, data } : { ok: false, problem: 'FAILED' };
    },
    [client],
  );
}
