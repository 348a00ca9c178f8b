import { Drawer, Group, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { useQuery } from 'urql';
import classes from '../credentials/credential-drawer.module.css';
import { problemOf } from '../graphql/outcome';
import { ProblemAlert } from '../layout/problem';
import { CredentialByClientId } from './access-request.operations';

/** Leads from the client id in a denial's link to the credential itself. */
export function LinkedCredential({ clientId }: { readonly clientId: string }): React.JSX.Element {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [{ data, error }] = useQuery({ query: CredentialByClientId, variables: { clientId } });
  const found = data?.credentials.nodes.find((credential) => credential.clientId === clientId);
  if (found) return <Navigate to={{ pathname: `/settings/credentials/${found.id}`, search }} replace />;
  return (
    <>
      <Group className={classes.header} justify="space-between" pb="md">
        <Drawer.Title className={classes.title}>{t('credential.title')}</Drawer.Title>
        <Drawer.CloseButton aria-label={t('common.close')} />
      </Group>
      <div className={classes.body}>
        {error || data ? <ProblemAlert problem={error ? problemOf(error) : 'NOT_FOUND'} /> : <Skeleton height={120} />}
      </div>
    </>
  );
}
