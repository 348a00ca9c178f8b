import { Button, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Empty } from '../layout/empty';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { RecordEntry } from './record-entry';
import classes from './record.module.css';
import { useRecord } from './use-record';

/** Who gets which data and why: one part for each credential, made to be printed. */
export function RecordPage(): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const { entries, at, problem, load } = useRecord();
  return (
    <Page
      title={t('record.title')}
      text={t('record.text')}
      actions={
        <Button variant="default" className={classes.screen} disabled={!entries} onClick={() => window.print()}>
          {t('record.print')}
        </Button>
      }
    >
      {problem && <ProblemAlert problem={problem} onRetry={load} />}
      {!entries && !problem && <Skeleton height={320} />}
      {entries?.length === 0 && <Empty icon="shield" title={t('record.noneTitle')} text={t('record.noneText')} />}
      {entries && at !== undefined && (
        <Text size="sm" c="dimmed" className={classes.made}>
          {t('record.made', { when: format.dateTime(at), count: entries.length })}
        </Text>
      )}
      {entries?.map((entry) => (
        <RecordEntry key={entry.credentialId} entry={entry} />
      ))}
    </Page>
  );
}
