import { SegmentedControl, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { problemOf } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { Empty } from '../layout/empty';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { BusiestCredentials } from './busiest-credentials';
import { DayChart } from './day-chart';
import classes from './usage.module.css';

const UsageOfAll = graphql(`
  query UsageOfAll($days: Int!) {
    usage(days: $days) {
      days {
        date
        requests
        denials
      }
    }
  }
`);

const SPANS = ['7', '30', '90'] as const;

/** Requests and refusals of all credentials together. */
export function UsagePage(): React.JSX.Element {
  const { t } = useTranslation();
  const [span, setSpan] = useState('30');
  const [{ data, error }, again] = useQuery({ query: UsageOfAll, variables: { days: Number(span) } });
  const days = data?.usage.days ?? [];
  const isQuiet = data !== undefined && days.every(({ requests, denials }) => requests + denials === 0);
  return (
    <Page
      title={t('usage.title')}
      text={t('usage.text')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('usage.span')}
          value={span}
          onChange={setSpan}
          data={SPANS.map((value) => ({ value, label: t('usage.days', { count: Number(value) }) }))}
        />
      }
    >
      {error && <ProblemAlert problem={problemOf(error)} onRetry={() => again()} />}
      {!data && !error && <Skeleton height={320} />}
      {data && (
        <>
          <Totals days={days} />
          <Card title={t('usage.overTime')}>
            {isQuiet ? (
              <Empty icon="chart" title={t('usage.quiet')} text={t('usage.quietText')} />
            ) : (
              <DayChart days={days} />
            )}
          </Card>
          <BusiestCredentials days={Number(span)} />
        </>
      )}
    </Page>
  );
}

interface TotalsProps {
  readonly days: readonly { readonly requests: number; readonly denials: number }[];
}

function Totals({ days }: TotalsProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const requests = days.reduce((total, day) => total + day.requests, 0);
  const denials = days.reduce((total, day) => total + day.denials, 0);
  const figures = [
    [t('usage.requests'), format.number(requests)],
    [t('usage.denials'), format.number(denials)],
    [t('usage.average'), format.number(Math.round(requests / Math.max(1, days.length)))],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} mb="lg">
      {figures.map(([name, value]) => (
        <div key={name} className={classes.figure}>
          <Text size="sm" c="dimmed">
            {name}
          </Text>
          <Text size="1.625rem" fw={650} lh={1.2} mt={4} className="tabular">
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
