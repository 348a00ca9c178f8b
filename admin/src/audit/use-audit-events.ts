import { useCallback, useEffect, useRef, useState } from 'react';
import type { VariablesOf } from '../graphql/graphql';
import { useAsk, type Problem } from '../graphql/outcome';
import { AuditEvents, type AuditEvent } from './audit.operations';

export type AuditFilter = NonNullable<VariablesOf<typeof AuditEvents>['filter']>;

interface Loaded {
  readonly events: readonly AuditEvent[];
  readonly total: number;
  readonly next: string | null;
}

export interface AuditEventsState extends Loaded {
  readonly isReady: boolean;
  readonly isLoading: boolean;
  readonly problem: Problem | undefined;
  readonly more: () => void;
  readonly reload: () => void;
}

const PAGE = 50;
const NOTHING: Loaded = { events: [], total: 0, next: null };

/** The newest events first, a page at a time. */
export function useAuditEvents(filter: AuditFilter): AuditEventsState {
  const ask = useAsk();
  const [loaded, setLoaded] = useState(NOTHING);
  const [isReady, setReady] = useState(false);
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const latest = useRef(0);
  const key = JSON.stringify(filter);
  const load = useCallback(
    async (before: Loaded) => {
      const number = ++latest.current;
      setLoading(true);
      const wanted = JSON.parse(key) as AuditFilter;
      const outcome = await ask(AuditEvents, { first: PAGE, after: before.next, filter: wanted });
      if (number !== latest.current) return;
      setLoading(false);
      setProblem(outcome.ok ? undefined : outcome.problem);
      if (!outcome.ok) return;
      const { nodes, totalCount, pageInfo } = outcome.data.auditEvents;
      setReady(true);
      setLoaded({
        events: [...before.events, ...nodes],
        total: totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      });
    },
    [ask, key],
  );
  useEffect(() => void load(NOTHING), [load]);
  return {
    ...loaded,
    isReady,
    isLoading,
    problem,
    more: () => void load(loaded),
    reload: () => void load(NOTHING),
  };
}
