import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import classes from './day-chart.module.css';

interface Day {
  readonly date: string;
  readonly requests: number;
  readonly denials: number;
}

const WIDTH = 720;
const HEIGHT = 160;

/** Requests a day as bars, refusals as the part on top; the same numbers stand in a table for screen readers. */
export function DayChart({ days }: { readonly days: readonly Day[] }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const most = niceMaximum(Math.max(1, ...days.map(({ requests, denials }) => Math.max(requests, denials))));
  const step = WIDTH / Math.max(1, days.length);
  const height = (value: number): number => (value === 0 ? 0 : Math.max(2, (value / most) * HEIGHT));
  const sum = (key: 'requests' | 'denials'): number => days.reduce((total, day) => total + day[key], 0);
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <figcaption id={id} className={classes.caption}>
        <span>{t('usage.perDay', { days: days.length })}</span>
        <span className={classes.legend}>
          <span data-tone="requests">
            {t('usage.requestCount', { count: sum('requests'), formatted: format.number(sum('requests')) })}
          </span>
          <span data-tone="denials">
            {t('usage.denialCount', { count: sum('denials'), formatted: format.number(sum('denials')) })}
          </span>
        </span>
      </figcaption>
      <div className={classes.plot}>
        <span className={classes.most}>{format.number(most)}</span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
          <line x1="0" x2={WIDTH} y1="0.5" y2="0.5" className={classes.line} />
          <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} className={classes.line} />
          {days.map(({ date, requests, denials }, index) => (
            <g key={date}>
              <title>{`${format.date(date)}: ${format.number(requests)} / ${format.number(denials)}`}</title>
              <rect x={index * step} y="0" width={step} height={HEIGHT} fill="transparent" />
              <rect
                className={classes.requests}
                x={index * step + step * 0.15}
                width={step * 0.7}
                y={HEIGHT - height(requests)}
                height={height(requests)}
              />
              <rect
                className={classes.denials}
                x={index * step + step * 0.15}
                width={step * 0.7}
                y={HEIGHT - height(denials)}
                height={height(denials)}
              />
            </g>
          ))}
        </svg>
        <div className={classes.axis}>
          <span>{days[0] ? format.date(days[0].date) : ''}</span>
          <span>{days.at(-1) ? format.date(days.at(-1)?.date ?? '') : ''}</span>
        </div>
      </div>
      <table className={classes.spoken}>
        <caption>{t('usage.perDay', { days: days.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('usage.day')}</th>
            <th scope="col">{t('usage.requests')}</th>
            <th scope="col">{t('usage.denials')}</th>
          </tr>
        </thead>
        <tbody>
          {days
            .filter(({ requests, denials }) => requests + denials > 0)
            .map(({ date, requests, denials }) => (
              <tr key={date}>
                <th scope="row">{format.date(date)}</th>
                <td>{format.number(requests)}</td>
                <td>{format.number(denials)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}

function niceMaximum(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * magnitude >= value) ?? 10;
  return Math.max(4, step * magnitude);
}
