import { Button, Skeleton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problemOf } from '../graphql/outcome';
import { Card } from '../layout/card';
import { Empty } from '../layout/empty';
import { Icon } from '../layout/icon';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { useRights } from '../session/session';
import { IntegrationCard } from './integration-card';
import { IntegrationModal } from './integration-modal';
import { Integrations, type ListedIntegration } from './integration.operations';
import classes from './integrations.module.css';

/** What a credential can be said to be for, with the permissions that each of them needs. */
export function IntegrationsPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { manages } = useRights();
  const [{ data, error }, again] = useQuery({ query: Integrations, requestPolicy: 'network-only' });
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ListedIntegration | 'NEW'>();
  const reload = (): void => again({ requestPolicy: 'network-only' });
  const words = search.trim().toLowerCase();
  const found = (data?.integrations ?? [])
    .filter(({ name, category }) => `${name} ${category}`.toLowerCase().includes(words))
    .sort((one, other) => one.name.localeCompare(other.name));
  return (
    <Page
      title={t('integrations.title')}
      text={t('integrations.text')}
      actions={
        manages && (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setOpen('NEW')}>
            {t('integrations.create')}
          </Button>
        )
      }
    >
      {error && <ProblemAlert problem={problemOf(error)} onRetry={reload} />}
      <TextInput
        type="search"
        mb="lg"
        maw="24rem"
        leftSection={<Icon name="search" size={16} />}
        aria-label={t('integrations.search')}
        placeholder={t('integrations.search')}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      {!data && !error && <Skeleton height={320} />}
      {data && found.length === 0 && (
        <Card>
          <Empty icon="plug" title={t('integrations.nothingTitle')} text={t('integrations.nothingText')} />
        </Card>
      )}
      <div className={classes.grid}>
        {found.map((integration) => (
          <IntegrationCard
            key={integration.id}
            integration={integration}
            onEdit={() => setOpen(integration)}
            onChanged={reload}
          />
        ))}
      </div>
      {open && data && (
        <IntegrationModal
          integration={open === 'NEW' ? undefined : open}
          attributes={data.catalogue}
          categories={[...new Set(data.integrations.map(({ category }) => category))]}
          onClose={() => setOpen(undefined)}
          onSaved={reload}
        />
      )}
    </Page>
  );
}
