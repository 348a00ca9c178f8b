import { Alert, Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { Icon } from '../layout/icon';
import { WaitingRequests } from './access-request.operations';

/** Which credentials ask for something, above their list; nothing when none does. */
export function WaitingRequestsNotice(): React.JSX.Element | null {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: WaitingRequests, requestPolicy: 'cache-and-network' });
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
          <Anchor key={id} component={Link} to={`/settings/credentials/${id}`} size="sm">
            {name}
          </Anchor>
        ))}
        <Text size="sm">{t('accessRequests.waitingText')}</Text>
      </Group>
    </Alert>
  );
}
