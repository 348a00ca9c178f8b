import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import { AccessRequest } from './access-request';
import { AttributeList } from './attribute-list';
import type { FreshViewer } from './use-fresh-viewer';
import type { Viewer } from './viewer';
import classes from './side-panel.module.css';

interface PermissionsPanelProps {
  readonly viewer: Viewer;
  readonly fresh: FreshViewer;
}

export function PermissionsPanel({ viewer, fresh }: PermissionsPanelProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string): void => {
    const next = new Set(wanted);
    if (!next.delete(key)) next.add(key);
    setWanted(next);
  };
  // What was granted in the meantime need not be asked for.
  const open = [...wanted].filter((key) => !viewer.permissions.read.has(key));
  return (
    <Stack gap="md">
      <About viewer={viewer} fresh={fresh} />
      <section>
        <h2 className={classes.subheading}>{t('permissions.modules')}</h2>
        <Modules viewer={viewer} />
      </section>
      <section>
        <h2 className={classes.subheading}>{t('permissions.attributes')}</h2>
        <AttributeList attributes={viewer.attributes} wanted={new Set(open)} onToggle={toggle} />
      </section>
      {open.length > 0 && <AccessRequest viewer={viewer} keys={open} onClear={() => setWanted(new Set())} />}
    </Stack>
  );
}

function About({ viewer, fresh }: PermissionsPanelProps): React.JSX.Element {
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

function Modules({ viewer }: { readonly viewer: Viewer }): React.JSX.Element {
  const { t } = useTranslation('playground');
  const mark = (has: boolean): React.JSX.Element => (
    <td data-has={has || undefined}>{has ? t('permissions.yes') : t('permissions.no')}</td>
  );
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
            {mark(read)}
            {mark(write)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
