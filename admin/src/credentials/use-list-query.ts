import { useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { MODULES, type Module } from './draft';
import type { ListQuery } from './use-credential-list';

export const STATUSES = ['ACTIVE', 'DISABLED', 'EXPIRES_SOON', 'EXPIRED', 'NEVER_USED', 'UNUSED'] as const;
export type Status = (typeof STATUSES)[number];
export const ORDERS = ['NAME', 'CREATED_AT', 'LAST_USED_AT'] as const;
export type OrderField = (typeof ORDERS)[number];
export type Direction = 'ASC' | 'DESC';

/** The list's search, filters and order, kept in the address, so that a link leads to the same list. */
export interface ListSettings {
  readonly search: string;
  readonly status: Status | null;
  readonly integrationId: string | null;
  readonly module: Module | null;
  readonly attribute: string | null;
  readonly order: OrderField;
  readonly direction: Direction;
}

export interface ListQueryState {
  readonly settings: ListSettings;
  readonly query: ListQuery;
  readonly isFiltered: boolean;
  readonly change: (settings: Partial<ListSettings>) => void;
  readonly clear: () => void;
}

export function useListQuery(): ListQueryState {
  const [params, setParams] = useSearchParams();
  const settings = useMemo(() => settingsOf(params), [params]);
  // The router knows of a change when the page is drawn anew; a second change may come before that, and must not undo the first.
  const pending = useRef<ListSettings>(undefined);
  useEffect(() => {
    pending.current = undefined;
  }, [params]);
  const show = (next: ListSettings): void => {
    pending.current = next;
    setParams(paramsOf(next), { replace: true });
  };
  const { search, status, integrationId, module, attribute } = settings;
  return {
    settings,
    query: useMemo(() => queryOf(settings), [settings]),
    isFiltered: search !== '' || [status, integrationId, module, attribute].some((value) => value !== null),
    change: (changed) => show({ ...(pending.current ?? settings), ...changed }),
    clear: () => show(settingsOf(new URLSearchParams())),
  };
}

function settingsOf(params: URLSearchParams): ListSettings {
  return {
    search: params.get('q') ?? '',
    status: oneOf(STATUSES, params.get('status')),
    integrationId: params.get('integration'),
    module: oneOf(MODULES, params.get('module')),
    attribute: params.get('attribute'),
    order: oneOf(ORDERS, params.get('order')) ?? 'NAME',
    direction: params.get('direction') === 'DESC' ? 'DESC' : 'ASC',
  };
}

function oneOf<Value extends string>(values: readonly Value[], wanted: string | null): Value | null {
  return values.find((value) => value === wanted) ?? null;
}

function paramsOf(settings: ListSettings): Record<string, string> {
  const { search, status, integrationId, module, attribute, order, direction } = settings;
  const all = { q: search, status, integration: integrationId, module, attribute };
  const set = Object.entries(all).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const isUsualOrder = order === 'NAME' && direction === 'ASC';
  return Object.fromEntries([...set, ...(isUsualOrder ? [] : Object.entries({ order, direction }))]);
}

function queryOf({ search, status, integrationId, module, attribute, order, direction }: ListSettings): ListQuery {
  return {
    search: search.trim() || null,
    filter: {
      ...(status ? { status: [status] } : {}),
      ...(integrationId ? { integrationId } : {}),
      ...(module ? { module } : {}),
      ...(attribute ? { attribute } : {}),
    },
    orderBy: { field: order, direction },
  };
}
