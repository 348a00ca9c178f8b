import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { useWishText } from './use-wish-text';
import type { SentRequest } from './viewer';
import { wishesOfRequest } from './wishes';
import classes from './side-panel.module.css';

/** Shown without being asked for. */
const FIRST = 3;

const COLORS = { OPEN: 'blue', APPROVED: 'pine', REFUSED: 'red' } as const;

/** What the credential has asked for, and what became of it; newest first. */
export function SentRequests({ requests }: { readonly requests: readonly SentRequest[] }): React.JSX.Element | null {
  const { t } = useTranslation('playground');
  const older = requests.slice(FIRST);
  if (requests.length === 0) return null;
  return (
    <section>
      <h2 className={classes.subheading}>{t('sent.title')}</h2>
      <List requests={requests.slice(0, FIRST)} />
      {older.length > 0 && (
        <details className={classes.older}>
          <summary>{t('sent.older', { count: older.length })}</summary>
          <List requests={older} />
        </details>
      )}
    </section>
  );
}

function List({ requests }: { readonly requests: readonly SentRequest[] }): React.JSX.Element {
  return (
    <ul className={classes.list}>
      {requests.map((request) => (
        <Entry key={request.id} request={request} />
      ))}
    </ul>
  );
}

function Entry({ request }: { readonly request: SentRequest }): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { list, dateTime } = useFormat();
  const text = useWishText();
  const { state, createdAt, decidedAt, reason, note } = request;
  return (
    <li className={classes.sent}>
      <Group justify="space-between" gap="xs">
        <Badge size="sm" variant="light" color={COLORS[state]} className={classes.badge}>
          {t(`sent.state.${state}`)}
        </Badge>
        <Text size="xs" c="dimmed">
          {dateTime(decidedAt ?? createdAt)}
        </Text>
      </Group>
      <Text size="xs" className={classes.code}>
        {list(wishesOfRequest(request).map(text))}
      </Text>
      <Text size="xs" c="dimmed" className={classes.words}>
        {t('sent.reason', { reason })}
      </Text>
      {note !== null && (
        <Text size="xs" className={classes.words}>
          {t('sent.note', { note })}
        </Text>
      )}
    </li>
  );
}
