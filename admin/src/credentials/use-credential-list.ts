import { useCallback, useEffect, useRef, useState } from 'react';
import { useAsk, type Problem } from '../graphql/outcome';
import type { VariablesOf } from '../graphql/graphql';
import { CredentialList, type CredentialRow } from './credential.operations';

export type ListQuery = Pick<VariablesOf<typeof CredentialList>, 'search' | 'filter' | 'orderBy'>;

interface Loaded {
  readonly rows: readonly CredentialRow[];
  readonly total: number;
  readonly next: string | null;
}

export interface CredentialListState extends Loaded {
  readonly isLoading: boolean;
  /** Whether anything has been loaded yet, for this query or an earlier one. */
  readonly isReady: boolean;
  readonly problem: Problem | undefined;
  readonly more: () => void;
  readonly reload: () => void;
  /** Replaces what is known of one row, without asking; settled, unless the gateway has yet to answer whether it is so. */
  readonly patch: Patch;
}

export type Patch = (id: string, change: Partial<CredentialRow>, isSettled?: boolean) => void;

interface Told {
  readonly change: Partial<CredentialRow>;
  readonly isSettled: boolean;
}

const PAGE = 50;
const NOTHING: Loaded = { rows: [], total: 0, next: null };

/** Loads the list page by page, as far as it is scrolled. */
export function useCredentialList(query: ListQuery): CredentialListState {
  const ask = useAsk();
  const [loaded, setLoaded] = useState(NOTHING);
  const [isReady, setReady] = useState(false);
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  // An answer that comes after a newer question is nobody's business any more.
  const latest = useRef(0);
  const { told, asking } = useTold();
  const key = JSON.stringify(query);

  const load = useCallback(
    async (after: string | null) => {
      const number = ++latest.current;
      setLoading(true);
      const wanted = JSON.parse(key) as ListQuery;
      const outcome = await asking(() => ask(CredentialList, { ...wanted, first: PAGE, after }));
      if (number !== latest.current) return;
      setLoading(false);
      setProblem(outcome.ok ? undefined : outcome.problem);
      if (!outcome.ok) return;
      const { nodes, totalCount, pageInfo } = outcome.data.credentials;
      setReady(true);
      const arrived = nodes.map((row) => ({ ...row, ...told.get(row.id)?.change }));
      // Beside the rows as they are now: one may have been switched while this was on its way.
      setLoaded(({ rows }) => ({
        rows: [...(after === null ? [] : rows), ...arrived],
        total: totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      }));
    },
    [ask, asking, key, told],
  );
  useEffect(() => void load(null), [load]);

  return {
    ...loaded,
    isReady,
    isLoading,
    problem,
    more: () => {
      if (!isLoading && !problem && loaded.next !== null) void load(loaded.next);
    },
    reload: () => void load(null),
    patch: (id, change, isSettled = true) => {
      told.set(id, { change: { ...told.get(id)?.change, ...change }, isSettled });
      setLoaded((before) => ({
        ...before,
        rows: before.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
      }));
    },
  };
}

/**
 * What rows became while the list was asked for: the answer may have been read before that. A question that is the same as
 * one under way is given the answer to that one, so what became settled is forgotten only when none is.
 */
function useTold() {
  const told = useRef(new Map<string, Told>()).current;
  const pending = useRef(0);
  const asking = useCallback(
    async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
      if (pending.current === 0) for (const [id, { isSettled }] of told) if (isSettled) told.delete(id);
      pending.current += 1;
      // It never throws.
      const answer = await ask();
      pending.current -= 1;
      return answer;
    },
    [told],
  );
  return { told, asking };
}
