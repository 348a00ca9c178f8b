import { Alert, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../layout/copy-button';
import { Icon } from '../layout/icon';
import type { Credential } from './credential.operations';
import { newestSecret, useCredentialsContext } from './credentials-context';
import classes from './first-steps.module.css';

/** After a credential was made: its secret, while it is at hand, and a first request to paste into a terminal. */
export function FirstSteps({ credential }: { readonly credential: Credential }): React.JSX.Element | null {
  const { t } = useTranslation();
  const { freshSecrets } = useCredentialsContext();
  const [isClosed, setClosed] = useState(false);
  const secret = freshSecrets.get(newestSecret(credential)?.id ?? '');
  if (secret === undefined || isClosed) return null;
  return (
    <Alert
      mb="lg"
      color="pine"
      variant="light"
      icon={<Icon name="check" />}
      title={t('firstSteps.title')}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={() => setClosed(true)}
    >
      <Stack gap="sm">
        <Text size="sm">{t('firstSteps.text')}</Text>
        <Group gap="xs">
          <CopyButton what={t('access.clientId')} text={credential.clientId} />
          <Text size="sm">{t('access.clientId')}</Text>
        </Group>
        <Group gap="xs">
          <CopyButton what={t('access.secret')} text={secret} />
          <Text size="sm">{t('access.secret')}</Text>
        </Group>
        <Text size="sm">{t('firstSteps.curl')}</Text>
        <Code block className={classes.curl} tabIndex={0} role="region" aria-label={t('firstSteps.curl')}>
          {curlLine(credential.clientId, 'fgcs_••••••••')}
        </Code>
        <Group>
          <CopyButton what={t('firstSteps.command')} text={curlLine(credential.clientId, secret)} />
        </Group>
      </Stack>
    </Alert>
  );
}

function curlLine(clientId: string, secret: string): string {
  const body = JSON.stringify({ query: '{ viewer { name attributes { key readable writable } } }' });
  return `curl -s ${window.location.origin}/graphql -u ${clientId}:${secret} -H 'content-type: application/json' -d '${body}'`;
}
