import { useGraphiQLActions } from '@graphiql/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchViewer } from './viewer';
import type { WorkbenchProps } from './workbench-props';

export interface FreshViewer {
  readonly state: 'IDLE' | 'BUSY' | 'DONE' | 'FAILED';
  readonly refresh: () => void;
}

/**
 * An admin may change the permissions at any moment, so they are looked at again, with the schema, when the window gets the focus
 * and when somebody asks for it.
 */
export function useFreshViewer({ access, onViewer }: WorkbenchProps): FreshViewer {
  const actions = useGraphiQLActions();
  const [state, setState] = useState<FreshViewer['state']>('IDLE');
  const listener = useRef(onViewer);
  listener.current = onViewer;
  const refresh = useCallback(async () => {
    setState('BUSY');
    const viewer = await fetchViewer(access).catch(() => undefined);
    setState(viewer ? 'DONE' : 'FAILED');
    if (!viewer) return;
    listener.current(viewer);
    await actions.introspect();
  }, [access, actions]);
  useEffect(() => {
    const look = (): void => void refresh();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [refresh]);
  return { state, refresh: () => void refresh() };
}
