import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { useFormat } from '../i18n/use-format';
import { Sparkline } from '../usage/sparkline';
import type { CredentialRow } from './credential.operations';
import classes from './credential-table.module.css';
import { StatusBadge } from './status-badge';

interface CredentialTableRowProps {
  readonly row: CredentialRow;
  readonly index: number;
  readonly offset: number;
  readonly height: number;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
  readonly manages: boolean;
  readonly onSelect: (id: string, on: boolean) => void;
  readonly onToggle: (row: CredentialRow) => void;
}

/**
 * A click anywhere opens the drawer; for keyboard and screen reader the name is a link that does the same. Plain boxes,
 * because several hundred rows pass by in a second of scrolling.
 */
export const CredentialTableRow = memo(function CredentialTableRow(props: CredentialTableRowProps): React.JSX.Element {
  const { row, index, offset, height, isSelected, isOpen, manages, onSelect, onToggle } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const open = (event: React.MouseEvent): void => {
    const isControl = event.target instanceof Element && event.target.closest('a, label, input, button');
    if (!isControl) void navigate({ pathname: row.id, search });
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-open={isOpen || undefined}
      style={{ height, transform: `translateY(${offset}px)` }}
      onClick={open}
    >
      <div role="cell" className={classes.select}>
        {manages && (
          <input
            type="checkbox"
            className={classes.box}
            aria-label={t('credentials.selectOne', { name: row.name })}
            checked={isSelected}
            onChange={({ currentTarget }) => onSelect(row.id, currentTarget.checked)}
          />
        )}
      </div>
      <div role="cell" className={classes.name}>
        <Link to={{ pathname: row.id, search }} className={classes.link}>
          {row.name}
        </Link>
        {row.integration && <span className={classes.quiet}>{row.integration.name}</span>}
      </div>
      <div role="cell" className={classes.status}>
        <StatusBadge status={row.status} />
      </div>
      <Access row={row} />
      <LastUsed row={row} />
      <div role="cell" className={classes.enabled}>
        <input
          type="checkbox"
          role="switch"
          className={classes.switch}
          aria-label={t('credentials.enabledOf', { name: row.name })}
          checked={row.enabled}
          disabled={!manages}
          onChange={() => onToggle(row)}
        />
      </div>
    </div>
  );
});

const Access = memo(function Access({ row }: { readonly row: CredentialRow }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const used = row.modules.filter(({ read, write }) => read || write);
  const sensitive = row.attributes.filter(({ attribute }) => attribute.sensitivity === 'HIGH').length;
  return (
    <div role="cell" className={classes.access}>
      <span className={classes.modules}>
        {used.length === 0 && <span className={classes.quiet}>{t('credentials.noModules')}</span>}
        {used.map(({ module, read, write }) => (
          <span
            key={module}
            className={classes.module}
            title={t(`credentials.boxes.${read && write ? 'both' : read ? 'read' : 'write'}`)}
          >
            {t(`module.${module}`)}
            {write && <b>{t('credentials.writes')}</b>}
          </span>
        ))}
      </span>
      <span className={classes.quiet}>
        {t('credentials.attributeCount', {
          count: row.attributes.length,
          formatted: format.number(row.attributes.length),
        })}
        {sensitive > 0 && (
          <span className={classes.sensitive}> · {t('credentials.sensitiveCount', { count: sensitive })}</span>
        )}
      </span>
    </div>
  );
});

const LastUsed = memo(function LastUsed({ row }: { readonly row: CredentialRow }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="cell" className={classes.used}>
      {row.lastUsedAt === null ? (
        <span className={classes.quiet}>{t('credentials.never')}</span>
      ) : (
        <time dateTime={row.lastUsedAt} title={format.dateTime(row.lastUsedAt)}>
          {format.relative(row.lastUsedAt)}
        </time>
      )}
      <Sparkline values={row.usage.days.map(({ requests }) => requests)} />
    </div>
  );
});
