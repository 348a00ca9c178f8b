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
  /** Replaces what is known of one row, without asking. */
  readonly patch: (id: string, change: Partial<CredentialRow>) => void;
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
  const key = JSON.stringify(query);

  const load = useCallback(
    async (after: string | null) => {
      const number = ++latest.current;
      setLoading(true);
      const wanted = JSON.parse(key) as ListQuery;
      const outcome = await ask(CredentialList, { ...wanted, first: PAGE, after });
      if (number !== latest.current) return;
      setLoading(false);
      setProblem(outcome.ok ? undefined : outcome.problem);
      if (!outcome.ok) return;
      const { nodes, totalCount, pageInfo } = outcome.data.credentials;
      setReady(true);
      // Beside the rows as they are now: one may have been switched while this was on its way.
      setLoaded(({ rows }) => ({
        rows: [...(after === null ? [] : rows), ...nodes],
        total: totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      }));
    },
    [ask, key],
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
    patch: (id, change) =>
      setLoaded((before) => ({
        ...before,
        rows: before.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
      })),
  };
}
