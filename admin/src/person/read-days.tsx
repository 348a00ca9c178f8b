import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { dayRuns } from './day-runs';
import classes from './person.module.css';

/** More than these are folded up: whoever reads on every working day would fill the page. */
const MOST_RUNS = 3;

/** Days as runs of days. */
export function ReadDays({ days }: { readonly days: readonly string[] }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = dayRuns(days);
  const count = t('usage.days', { count: days.length });
  const list = format.list(runs.map(([first, last]) => format.period(first, last)));
  if (runs.length <= MOST_RUNS) return <>{`${count}: ${list}`}</>;
  return (
    <details className={classes.days}>
      <summary>{`${count}: ${format.period(days[0] ?? '', days.at(-1) ?? '')}`}</summary>
      <div>{list}</div>
    </details>
  );
}
