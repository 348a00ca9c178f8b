import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { Icon } from '../layout/icon';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { WaitingRequestsNotice } from '../access-requests/waiting-requests';
import { useRights } from '../session/session';
import { BulkBar } from './bulk-bar';
import { CredentialFilters } from './credential-filters';
import { CredentialTable } from './credential-table';
import { FirstCredential, NothingFound } from './credentials-empty';
import { newestSecret, type CredentialsContext } from './credentials-context';
import { useChoices } from './use-choices';
import { useCredentialList } from './use-credential-list';
import { useListQuery } from './use-list-query';

/** Settings › API credentials: the list, with the drawer of one credential in front of it. */
export function CredentialsPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { search } = useLocation();
  const { manages } = useRights();
  const listQuery = useListQuery();
  const list = useCredentialList(listQuery.query);
  const choices = useChoices();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [freshSecrets] = useState(() => new Map<string, string>());
  const { search: words, filter } = listQuery.query;
  // What is out of sight is not disabled with the rest by mistake.
  const narrowing = JSON.stringify([words, filter]);
  useEffect(() => setSelected((before) => (before.size === 0 ? before : new Set())), [narrowing]);
  const { reload, patch } = list;
  const context = useMemo<CredentialsContext>(
    () => ({
      reload,
      patch,
      deselect: (id) => setSelected((before) => new Set([...before].filter((other) => other !== id))),
      freshSecrets,
      keepFresh: (credential, secret) => {
        const id = newestSecret(credential)?.id;
        if (id !== undefined && secret !== null) freshSecrets.set(id, secret);
      },
    }),
    [reload, patch, freshSecrets],
  );
  const isEmpty = list.isReady && list.total === 0 && !list.problem;

  return (
    <Page
      title={t('credentials.title')}
      text={t('credentials.text')}
      actions={
        manages && (
          <Button component={Link} to={{ pathname: 'new', search }} leftSection={<Icon name="plus" size={16} />}>
            {t('credentials.create')}
          </Button>
        )
      }
    >
      <WaitingRequestsNotice />
      {isEmpty && !listQuery.isFiltered && !list.isLoading ? (
        <FirstCredential />
      ) : (
        <>
          <CredentialFilters state={listQuery} choices={choices} total={list.isReady ? list.total : undefined} />
          {list.problem && <ProblemAlert problem={list.problem} onRetry={list.reload} />}
          {isEmpty && listQuery.isFiltered ? (
            <NothingFound onClear={listQuery.clear} />
          ) : (
            <CredentialTable list={list} listQuery={listQuery} selected={selected} onSelect={setSelected} />
          )}
        </>
      )}
      {selected.size > 0 && <BulkBar selected={selected} list={list} onDone={() => setSelected(new Set())} />}
      <Outlet context={context} />
    </Page>
  );
}
