import { Button, Group, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problemOf } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { Empty } from '../layout/empty';
import { Icon } from '../layout/icon';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { useRights } from '../session/session';
import { AttributeModal } from './attribute-modal';
import { AttributeTable } from './attribute-table';
import { Catalogue, type ListedAttribute } from './attribute.operations';

const KINDS = ['all', 'custom', 'system'] as const;
type Kind = (typeof KINDS)[number];

/** The catalogue: the closed list of the system, and what the company added. */
export function AttributesPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { owns } = useRights();
  const [{ data, error }, again] = useQuery({ query: Catalogue, requestPolicy: 'network-only' });
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<Kind>('all');
  const [open, setOpen] = useState<ListedAttribute | 'NEW'>();
  const reload = (): void => again({ requestPolicy: 'network-only' });
  const found = useFound(data?.catalogue ?? [], search, kind);
  const create = owns && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setOpen('NEW')}>
      {t('attributes.create')}
    </Button>
  );
  return (
    <Page title={t('attributes.title')} text={t('attributes.text')} actions={create}>
      {error && <ProblemAlert problem={problemOf(error)} onRetry={reload} />}
      <Group mb="md" gap="sm">
        <TextInput
          type="search"
          flex="1 1 14rem"
          maw="24rem"
          leftSection={<Icon name="search" size={16} />}
          aria-label={t('attributes.search')}
          placeholder={t('attributes.search')}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <SegmentedControl
          size="sm"
          aria-label={t('attributes.kind')}
          value={kind}
          onChange={(value) => setKind(KINDS.find((known) => known === value) ?? 'all')}
          data={KINDS.map((value) => ({ value, label: t(`attributes.kinds.${value}`) }))}
        />
      </Group>
      {!data && !error && <Skeleton height={320} />}
      {data && (
        <Card flush>
          {found.length === 0 ? (
            <Empty
              icon="tag"
              title={t(kind === 'custom' && search === '' ? 'attributes.noneTitle' : 'attributes.nothingTitle')}
              text={t(kind === 'custom' && search === '' ? 'attributes.noneText' : 'attributes.nothingText')}
            />
          ) : (
            <AttributeTable attributes={found} onEdit={setOpen} onChanged={reload} />
          )}
        </Card>
      )}
      {open && (
        <AttributeModal
          attribute={open === 'NEW' ? undefined : open}
          onClose={() => setOpen(undefined)}
          onSaved={reload}
        />
      )}
    </Page>
  );
}

function useFound(catalogue: readonly ListedAttribute[], search: string, kind: Kind): readonly ListedAttribute[] {
  const format = useFormat();
  return useMemo(() => {
    const words = search.trim().toLowerCase();
    return catalogue.filter(
      ({ key, label, custom }) =>
        (kind === 'all' || custom === (kind === 'custom')) &&
        (words === '' || `${format.label(label)} ${key}`.toLowerCase().includes(words)),
    );
  }, [catalogue, search, kind, format]);
}
