import type { TFunction } from 'i18next';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { AuditDifference } from './audit-difference';
import type { AuditEvent } from './audit.operations';
import classes from './audit.module.css';

export function AuditList({ events }: { readonly events: readonly AuditEvent[] }): React.JSX.Element {
  return (
    <ol className={classes.list}>
      {events.map((event) => (
        <AuditItem key={event.id} event={event} />
      ))}
    </ol>
  );
}

function AuditItem({ event }: { readonly event: AuditEvent }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const hasDetails = event.before !== null || event.after !== null;
  const head = (
    <span className={classes.head}>
      <time className={classes.time} dateTime={event.at}>
        {format.dateTime(event.at)}
      </time>
      <span className={classes.what}>
        <b>{t(`auditAction.${event.action}`)}</b>
        {event.subject && <span>{nameOf(event.subject, t)}</span>}
        {event.count > 1 && <span className={classes.count}>×{format.number(event.count)}</span>}
      </span>
      <Text span size="sm" c="dimmed">
        {event.actor.name ?? t(`auditParty.${event.actor.kind}`)}
      </Text>
    </span>
  );
  if (!hasDetails) return <li className={classes.item}>{head}</li>;
  return (
    <li>
      <details>
        <summary className={classes.item}>{head}</summary>
        <AuditDifference event={event} />
      </details>
    </li>
  );
}

// Of a person the log keeps the id and no name: the kind alone would not tell who it was.
function nameOf({ kind, id, name }: NonNullable<AuditEvent['subject']>, t: TFunction): string {
  return name ?? (kind === 'EMPLOYEE' ? t('person.found', { id }) : t(`auditParty.${kind}`));
}
