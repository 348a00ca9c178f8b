import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import type { Access } from './access';
import { AccessRequest } from './access-request';
import { AskFor } from './ask-for';
import { AttributeList } from './attribute-list';
import { SentRequests } from './sent-requests';
import type { FreshViewer } from './use-fresh-viewer';
import type { Wishes } from './use-wishes';
import type { Viewer } from './viewer';
import type { Wish } from './wishes';
import classes from './side-panel.module.css';

interface PermissionsPanelProps {
  readonly access: Access;
  readonly viewer: Viewer;
  readonly fresh: FreshViewer;
  readonly wishes: Wishes;
}

export function PermissionsPanel({ access, viewer, fresh, wishes }: PermissionsPanelProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  return (
    <Stack gap="md">
      <About viewer={viewer} fresh={fresh} />
      <SentRequests requests={viewer.requests} />
      <section>
        <h2 className={classes.subheading}>{t('permissions.modules')}</h2>
        <Modules viewer={viewer} wishes={wishes} />
      </section>
      <section>
        <h2 className={classes.subheading}>{t('permissions.attributes')}</h2>
        <AttributeList attributes={viewer.attributes} wishes={wishes} />
      </section>
      {wishes.wanted.length > 0 && (
        <AccessRequest access={access} viewer={viewer} wishes={wishes} onSent={fresh.refresh} />
      )}
    </Stack>
  );
}

function About({ viewer, fresh }: Pick<PermissionsPanelProps, 'viewer' | 'fresh'>): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { dateTime } = useFormat();
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div className={classes.grow}>
          <Text fw={600}>{viewer.name}</Text>
          <Text size="xs" c="dimmed" className={classes.code}>
            {viewer.clientId}
          </Text>
        </div>
        <Button
          variant="default"
          size="compact-xs"
          loading={fresh.state === 'BUSY'}
          leftSection={<Icon name="rotate" size={13} />}
          onClick={fresh.refresh}
        >
          {t('permissions.refresh')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {t(`permissions.denial.${viewer.denialMode}`)}{' '}
        {viewer.expiresAt === null
          ? t('permissions.never')
          : t('permissions.expires', { date: dateTime(viewer.expiresAt) })}
        .
      </Text>
      <Text size="xs" role="status" c={fresh.state === 'FAILED' ? 'var(--text-bad)' : 'dimmed'}>
        {fresh.state === 'FAILED' && t('permissions.failed')}
        {fresh.state === 'DONE' && t('permissions.refreshed')}
      </Text>
    </div>
  );
}

function Modules({ viewer, wishes }: Pick<PermissionsPanelProps, 'viewer' | 'wishes'>): React.JSX.Element {
  const { t } = useTranslation('playground');
  return (
    <table className={classes.modules}>
      <thead>
        <tr>
          <th scope="col">{t('permissions.module')}</th>
          <th scope="col">{t('permissions.read')}</th>
          <th scope="col">{t('permissions.write')}</th>
        </tr>
      </thead>
      <tbody>
        {viewer.modules.map(({ module, read, write }) => (
          <tr key={module}>
            <th scope="row">{module}</th>
            <td data-has={read || undefined}>
              <Box has={read} wish={`read:${module}`} wishes={wishes} />
            </td>
            <td data-has={write || undefined}>
              <Box has={write} wish={`write:${module}`} wishes={wishes} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface BoxProps {
  readonly has: boolean;
  readonly wish: Wish;
  readonly wishes: Wishes;
}

function Box({ has, wish, wishes }: BoxProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  if (has) return <>{t('permissions.yes')}</>;
  return (
    <Group gap={6} wrap="nowrap">
      {t('permissions.no')}
      <AskFor wish={wish} wishes={wishes} />
    </Group>
  );
}
