import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { CopyButton } from '../layout/copy-button';
import type { Viewer } from './viewer';
import classes from './side-panel.module.css';

interface AccessRequestProps {
  readonly viewer: Viewer;
  /** Catalogue keys that the credential may not read. */
  readonly keys: readonly string[];
  readonly onClear: () => void;
}

/** How to ask for locked attributes: a text for an admin, with exactly what is missing. */
export function AccessRequest({ viewer, keys, onClear }: AccessRequestProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { list } = useFormat();
  const [reason, setReason] = useState('');
  const message = [
    t('request.message', { name: viewer.name, clientId: viewer.clientId, attributes: list(keys) }),
    ...(reason.trim() === '' ? [] : [t('request.messageReason', { reason: reason.trim() })]),
    t('request.messageLink', {
      link: `${window.location.origin}/settings/credentials?search=${encodeURIComponent(viewer.name)}`,
    }),
  ].join('\n');
  return (
    <section className={classes.request} aria-label={t('request.title', { count: keys.length })}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t('request.title', { count: keys.length })}
        </Text>
        <Text size="xs" className={classes.code}>
          {keys.join(', ')}
        </Text>
        <Textarea
          size="xs"
          label={t('request.reason')}
          description={t('request.hint')}
          autosize
          minRows={2}
          maxRows={6}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Group gap="xs">
          <CopyButton what={t('request.copy')} label={t('request.copy')} text={message} />
          <Button variant="subtle" color="gray" size="xs" onClick={onClear}>
            {t('request.clear')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
