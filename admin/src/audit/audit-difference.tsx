import { useTranslation } from 'react-i18next';
import type { AuditEvent } from './audit.operations';
import classes from './audit.module.css';
import { differences } from './differences';

/** What it was before, and what it is since: only what differs. */
export function AuditDifference({ event }: { readonly event: AuditEvent }): React.JSX.Element {
  const { t } = useTranslation();
  const rows = differences(event.before, event.after);
  return (
    <div className={classes.details}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('audit.field')}</th>
            <th scope="col">{t('audit.before')}</th>
            <th scope="col">{t('audit.after')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td data-side="before">{before}</td>
              <td data-side="after">{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.hash}>
        {t('audit.sequence', { number: event.sequence })} · <code>{event.hash}</code>
      </p>
    </div>
  );
}
