import { Checkbox, Skeleton, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Icon } from '../layout/icon';
import { useRights } from '../session/session';
import { CredentialTableRow } from './credential-table-row';
import classes from './credential-table.module.css';
import type { CredentialListState } from './use-credential-list';
import type { ListQueryState, OrderField } from './use-list-query';
import { useToggle } from './use-toggle';

interface CredentialTableProps {
  readonly list: CredentialListState;
  readonly listQuery: ListQueryState;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: Dispatch<SetStateAction<ReadonlySet<string>>>;
}

const ROW_HEIGHT = 65;
const NARROW_ROW_HEIGHT = 105;

/** Only the rows in sight exist, so ten thousand scroll like ten. */
export function CredentialTable({ list, listQuery, selected, onSelect }: CredentialTableProps): React.JSX.Element {
  const { t } = useTranslation();
  const { manages } = useRights();
  const { rows, isReady, more } = list;
  const { body, virtualizer } = useRows(rows.length);
  const items = virtualizer.getVirtualItems();
  const toggle = useToggle(list.patch);
  const count = rows.filter(({ id }) => selected.has(id)).length;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 20) more();
  });

  const openId = useParams()['id'];
  const select = useCallback(
    (id: string, on: boolean) =>
      onSelect((before) => {
        const changed = new Set(before);
        if (on) changed.add(id);
        else changed.delete(id);
        return changed;
      }),
    [onSelect],
  );

  return (
    <div
      role="table"
      className={classes.table}
      aria-label={t('credentials.title')}
      aria-rowcount={list.total + 1}
      aria-busy={list.isLoading}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row} aria-rowindex={1}>
          <div role="columnheader" className={classes.select}>
            {manages && (
              <Checkbox
                size="xs"
                aria-label={t('credentials.selectAll')}
                checked={rows.length > 0 && count === rows.length}
                indeterminate={count > 0 && count < rows.length}
                onChange={({ currentTarget }) =>
                  onSelect(new Set(currentTarget.checked ? rows.map(({ id }) => id) : []))
                }
              />
            )}
          </div>
          <SortableHead field="NAME" listQuery={listQuery} />
          <div role="columnheader">{t('credentials.column.status')}</div>
          <div role="columnheader">{t('credentials.column.access')}</div>
          <SortableHead field="LAST_USED_AT" listQuery={listQuery} />
          <div role="columnheader" className={classes.enabled}>
            {t('credentials.column.enabled')}
          </div>
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={classes.body}
        style={{ height: virtualizer.getTotalSize() || undefined }}
      >
        {!isReady && <Waiting />}
        {items.map(({ index, start, size }) => {
          const row = rows[index];
          return (
            row && (
              <CredentialTableRow
                key={row.id}
                row={row}
                index={index}
                offset={start - virtualizer.options.scrollMargin}
                height={size}
                isSelected={selected.has(row.id)}
                isOpen={openId === row.id}
                onSelect={select}
                onToggle={toggle}
                manages={manages}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function useRows(count: number) {
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setMargin(top + window.scrollY);
  }, [count]);
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => (isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT),
    overscan: 8,
    scrollMargin: margin,
  });
  // It keeps the sizes that it once estimated.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, isNarrow]);
  return { body, virtualizer };
}

function Waiting(): React.JSX.Element {
  return (
    <div className={classes.waiting}>
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <Skeleton key={index} height={20} radius="sm" />
      ))}
    </div>
  );
}

function SortableHead({ field, listQuery }: { readonly field: OrderField; readonly listQuery: ListQueryState }) {
  const { t } = useTranslation();
  const { order, direction } = listQuery.settings;
  const isOrder = order === field;
  const next = isOrder ? (direction === 'ASC' ? 'DESC' : 'ASC') : field === 'NAME' ? 'ASC' : 'DESC';
  return (
    <div
      role="columnheader"
      aria-sort={isOrder ? (direction === 'ASC' ? 'ascending' : 'descending') : 'none'}
      className={classes.sortable}
    >
      <UnstyledButton
        className={classes.sort}
        data-active={isOrder || undefined}
        onClick={() => listQuery.change({ order: field, direction: next })}
      >
        {t(`credentials.column.${field}`)}
        <Icon name={isOrder ? (direction === 'ASC' ? 'up' : 'down') : 'sort'} size={14} />
      </UnstyledButton>
    </div>
  );
}
