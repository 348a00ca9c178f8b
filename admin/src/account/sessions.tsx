import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../graphql/graphql';
import { problemOf, useSend } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { ProblemAlert } from '../layout/problem';
import { toast, toastProblem } from '../layout/toast';
import { browserName } from './browser-name';
import classes from './sessions.module.css';

const OwnSessions = graphql(`
  query OwnSessions {
    sessions {
      id
      createdAt
      lastSeenAt
      expiresAt
      userAgent
      current
    }
  }
`);

const EndSession = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id) {
      endedSessionId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const EndOtherSessions = graphql(`
  mutation EndOtherSessions {
    endOtherSessions {
      count
    }
  }
`);

type OwnSession = ResultOf<typeof OwnSessions>['sessions'][number];

/** Where one is signed in, and an end to it. */
export function Sessions(): React.JSX.Element {
  const { t } = useTranslation();
  const send = useSend();
  const [{ data, error }, again] = useQuery({ query: OwnSessions, requestPolicy: 'network-only' });
  const reload = (): void => again({ requestPolicy: 'network-only' });
  const endOthers = async (): Promise<void> => {
    const outcome = await send(EndOtherSessions, {});
    if (!outcome.ok) {
      toastProblem(t('account.notEnded'), t(`problem.${outcome.problem}.text`));
      return;
    }
    toast(t('account.ended', { count: outcome.data.endOtherSessions.count }));
    reload();
  };
  const end = async (id: string): Promise<void> => {
    const outcome = await send(EndSession, { id });
    if (!outcome.ok) {
      toastProblem(t('account.notEnded'), t(`problem.${outcome.problem}.text`));
      return;
    }
    toast(t('account.ended', { count: 1 }));
    reload();
  };
  return (
    <Card
      title={t('account.sessions')}
      text={t('account.sessionsText')}
      actions={
        (data?.sessions.length ?? 0) > 1 && (
          <Button variant="default" size="xs" onClick={() => void endOthers()}>
            {t('account.endOthers')}
          </Button>
        )
      }
    >
      {error && <ProblemAlert problem={problemOf(error)} onRetry={reload} />}
      {!data && !error && <Skeleton height={64} />}
      <ul className={classes.list}>
        {data?.sessions.map((session) => (
          <SessionItem key={session.id} session={session} onEnd={() => void end(session.id)} />
        ))}
      </ul>
    </Card>
  );
}

function SessionItem({
  session,
  onEnd,
}: {
  readonly session: OwnSession;
  readonly onEnd: () => void;
}): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const name = browserName(session.userAgent) ?? t('account.unknownBrowser');
  return (
    <li className={classes.item}>
      <Stack gap={0}>
        <Group gap="xs">
          <Text fw={500}>{name}</Text>
          {session.current && (
            <Badge variant="outline" color="pine" tt="none" className={classes.badge}>
              {t('account.thisOne')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t('account.seen', { since: format.dateTime(session.createdAt), last: format.relative(session.lastSeenAt) })}
        </Text>
      </Stack>
      {!session.current && (
        <Button variant="default" size="xs" aria-label={`${t('account.end')}: ${name}`} onClick={onEnd}>
          {t('account.end')}
        </Button>
      )}
    </li>
  );
}
