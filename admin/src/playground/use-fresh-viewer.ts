import { useGraphiQLActions } from '@graphiql/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { permissionChanges, type PermissionChanges } from './permission-changes';
import { fetchViewer } from './viewer';
import type { Run } from './use-fetcher';
import type { WorkbenchProps } from './workbench-props';

export interface FreshViewer {
  readonly state: 'IDLE' | 'BUSY' | 'DONE' | 'FAILED';
  readonly refresh: () => void;
  /** How the permissions differ from before, until somebody has read it. */
  readonly changes: PermissionChanges | undefined;
  readonly dismiss: () => void;
}

/**
 * An admin may change the permissions at any moment, so they are looked at again when the window gets the focus, when somebody
 * asks for it, and when an answer belongs to another contract. The schema comes along when it is another one.
 */
export function useFreshViewer({ access, viewer, onViewer }: WorkbenchProps, run: Run | undefined): FreshViewer {
  const actions = useGraphiQLActions();
  const [state, setState] = useState<FreshViewer['state']>('IDLE');
  const [changes, setChanges] = useState<PermissionChanges>();
  const latest = useRef({ viewer, onViewer });
  latest.current = { viewer, onViewer };
  const refresh = useCallback(async () => {
    setState('BUSY');
    const next = await fetchViewer(access).catch(() => undefined);
    setState(next ? 'DONE' : 'FAILED');
    if (!next) return;
    const found = permissionChanges(latest.current.viewer, next);
    latest.current.onViewer(next);
    if (!found) return;
    setChanges(found);
    await actions.introspect();
  }, [access, actions]);
  useEffect(() => {
    const look = (): void => void refresh();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [refresh]);
  const answered = run === undefined || run === 'UNREACHABLE' ? null : run.answer.contract;
  useEffect(() => {
    if (answered !== null && answered !== latest.current.viewer.contract) void refresh();
  }, [answered, refresh]);
  return { state, refresh: () => void refresh(), changes, dismiss: () => setChanges(undefined) };
}
