import { Alert, Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { Icon } from '../layout/icon';
import { WaitingRequests } from './access-request.operations';

// A decision answers with the credential alone, which is no reason for urql to ask again.
const CONTEXT = { additionalTypenames: ['AccessDecisionPayload'] };

/** Which credentials ask for something, above their list; nothing when none does. */
export function WaitingRequestsNotice(): React.JSX.Element | null {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [{ data }] = useQuery({ query: WaitingRequests, requestPolicy: 'cache-and-network', context: CONTEXT });
  const waiting = data?.waitingAccessRequests ?? [];
  if (waiting.length === 0) return null;
  const names = new Map(waiting.map(({ credentialId, credentialName }) => [credentialId, credentialName]));
  return (
    <Alert
      mb="md"
      variant="light"
      color="pine"
      role="status"
      icon={<Icon name="key" />}
      title={t('accessRequests.waiting', { count: waiting.length })}
    >
      <Group gap="xs">
        {[...names].map(([id, name]) => (
          <Anchor key={id} component={Link} to={{ pathname: `/settings/credentials/${id}`, search }} size="sm">
            {name}
          </Anchor>
        ))}
        <Text size="sm">{t('accessRequests.waitingText')}</Text>
      </Group>
    </Alert>
  );
}
