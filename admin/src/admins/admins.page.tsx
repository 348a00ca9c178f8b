import { Button, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problemOf } from '../graphql/outcome';
import { Card } from '../layout/card';
import { Icon } from '../layout/icon';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { useRights } from '../session/session';
import { AdminModal } from './admin-modal';
import { AdminRow } from './admin-row';
import { Admins, type ListedAdmin } from './admin.operations';

/** Who may manage: owners change it, everybody else sees it. */
export function AdminsPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { owns } = useRights();
  const [{ data, error }, again] = useQuery({ query: Admins, requestPolicy: 'network-only' });
  const [open, setOpen] = useState<ListedAdmin | 'NEW'>();
  const reload = (): void => again({ requestPolicy: 'network-only' });
  return (
    <Page
      title={t('admins.title')}
      text={t('admins.text')}
      actions={
        owns && (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setOpen('NEW')}>
            {t('admins.invite')}
          </Button>
        )
      }
    >
      {error && <ProblemAlert problem={problemOf(error)} onRetry={reload} />}
      {!data && !error && <Skeleton height={240} />}
      {data && (
        <Card flush>
          <Table.ScrollContainer minWidth={620}>
            <Table horizontalSpacing="lg" verticalSpacing="sm" aria-label={t('admins.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('admins.name')}</Table.Th>
                  <Table.Th scope="col">{t('admins.role')}</Table.Th>
                  <Table.Th scope="col">{t('admins.lastSignIn')}</Table.Th>
                  <Table.Th scope="col">{t('admins.maySignIn')}</Table.Th>
                  {owns && (
                    <Table.Th>
                      <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.admins.map((admin) => (
                  <AdminRow key={admin.id} admin={admin} onEdit={() => setOpen(admin)} onChanged={reload} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      )}
      {!owns && (
        <Text size="sm" c="dimmed" mt="md">
          {t('admins.onlyOwners')}
        </Text>
      )}
      {open && (
        <AdminModal admin={open === 'NEW' ? undefined : open} onClose={() => setOpen(undefined)} onSaved={reload} />
      )}
    </Page>
  );
}
