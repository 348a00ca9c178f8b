import { Button, Center, Group, Select, Skeleton, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Admins } from '../admins/admin.operations';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { isDay, LAST_DAY } from '../layout/day';
import { Empty } from '../layout/empty';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { ACTIONS } from './audit-actions';
import type { AuditAction } from './audit.operations';
import { AuditExport } from './audit-export';
import { AuditList } from './audit-list';
import { useAuditEvents, type AuditFilter } from './use-audit-events';

/** Who did what and when: it can be read, and never changed. */
export function AuditPage(): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, controls, isFiltered } = useAuditFilter();
  const log = useAuditEvents(filter);
  return (
    <Page title={t('audit.title')} text={t('audit.text')} actions={<AuditExport filter={filter} total={log.total} />}>
      {controls}
      {log.problem && <ProblemAlert problem={log.problem} onRetry={log.reload} />}
      {!log.isReady && !log.problem && <Skeleton height={320} />}
      {log.isReady && (
        <Card flush>
          {log.events.length === 0 ? (
            <Empty
              icon="scroll"
              title={t(isFiltered ? 'audit.nothingTitle' : 'audit.emptyTitle')}
              text={t(isFiltered ? 'audit.nothingText' : 'audit.emptyText')}
            />
          ) : (
            <AuditList events={log.events} />
          )}
        </Card>
      )}
      {log.isReady && log.events.length > 0 && (
        <Center mt="md">
          <Group>
            <Text size="sm" c="dimmed">
              {t('audit.shown', { shown: format.number(log.events.length), total: format.number(log.total) })}
            </Text>
            {log.next !== null && (
              <Button variant="default" size="xs" loading={log.isLoading} onClick={log.more}>
                {t('audit.more')}
              </Button>
            )}
          </Group>
        </Center>
      )}
    </Page>
  );
}

function useAuditFilter(): { filter: AuditFilter; controls: React.JSX.Element; isFiltered: boolean } {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: Admins });
  const [action, setAction] = useState<AuditAction | null>(null);
  const [actorId, setActorId] = useState<string | null>(null);
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const filter = useMemo<AuditFilter>(
    () => ({
      ...(action ? { actions: [action] } : {}),
      ...(actorId ? { actorId } : {}),
      ...(isDay(since) ? { since: new Date(`${since}T00:00:00`).toISOString() } : {}),
      ...(isDay(until) ? { until: new Date(`${until}T23:59:59.999`).toISOString() } : {}),
    }),
    [action, actorId, since, until],
  );
  const clear = (what: string) => ({ 'aria-label': t('common.clearWhat', { what }) });
  const controls = (
    <Group mb="md" gap="sm" align="flex-end" role="search">
      <Select
        label={t('audit.action')}
        placeholder={t('audit.every')}
        clearable
        searchable
        nothingFoundMessage={t('common.nothingFound')}
        clearButtonProps={clear(t('audit.action'))}
        value={action}
        data={ACTIONS.map((value) => ({ value, label: t(`auditAction.${value}`) }))}
        onChange={(value) => setAction(ACTIONS.find((known) => known === value) ?? null)}
      />
      <Select
        label={t('audit.actor')}
        placeholder={t('audit.everybody')}
        clearable
        searchable
        nothingFoundMessage={t('common.nothingFound')}
        clearButtonProps={clear(t('audit.actor'))}
        value={actorId}
        data={(data?.admins ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setActorId}
      />
      <TextInput
        type="date"
        max={LAST_DAY}
        label={t('audit.since')}
        value={since}
        onChange={({ currentTarget }) => setSince(currentTarget.value)}
      />
      <TextInput
        type="date"
        max={LAST_DAY}
        label={t('audit.until')}
        value={until}
        onChange={({ currentTarget }) => setUntil(currentTarget.value)}
      />
    </Group>
  );
  return { filter, controls, isFiltered: Object.keys(filter).length > 0 };
}
