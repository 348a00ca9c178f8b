import { Drawer, Group, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problemOf, useAnswered } from '../graphql/outcome';
import { ProblemAlert } from '../layout/problem';
import { CredentialById } from './credential.operations';
import classes from './credential-drawer.module.css';
import { CredentialEditor } from './credential-editor';
import type { CredentialChoices } from './use-choices';

interface LoadedCredentialProps {
  readonly id: string;
  readonly choices: CredentialChoices | undefined;
  readonly onClose: () => void;
}

/** Loads the credential first: a form that fills itself while one types is worse than one that waits. */
export function LoadedCredential({ id, choices, onClose }: LoadedCredentialProps): React.JSX.Element {
  const [{ data, error }, again] = useQuery({
    query: CredentialById,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const answered = useAnswered(data);
  if (answered?.credential) {
    return <CredentialEditor credential={answered.credential} choices={choices} onClose={onClose} />;
  }
  const problem = error ? problemOf(error) : answered ? 'NOT_FOUND' : undefined;
  return (
    <Waiting>
      {problem === undefined ? undefined : (
        <ProblemAlert
          problem={problem}
          {...(error ? { onRetry: () => again({ requestPolicy: 'network-only' }) } : {})}
        />
      )}
    </Waiting>
  );
}

function Waiting({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <>
      <Group className={classes.header} justify="space-between" pb="md">
        <Drawer.Title className={classes.title}>{t('credential.title')}</Drawer.Title>
        <Drawer.CloseButton aria-label={t('common.close')} />
      </Group>
      <div className={classes.body}>
        {children ?? (
          <Stack gap="lg">
            {[70, 100, 100, 50, 100, 100].map((width, index) => (
              <Skeleton key={index} height={index === 0 ? 24 : 36} width={`${width}%`} />
            ))}
          </Stack>
        )}
      </div>
    </>
  );
}
