import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../layout/icon';
import { Door } from '../session/door';
import { Access, NoToken, type SignInProblem } from './access';
import { fetchViewer, type Viewer } from './viewer';

/** Who was signed in before the token ended. */
export interface Ended {
  readonly clientId: string;
}

interface SignInProps {
  readonly ended: Ended | undefined;
  readonly onSignedIn: (access: Access, viewer: Viewer) => void;
}

export function SignIn({ ended, onSignedIn }: SignInProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const [fromAdmin] = useState(clientIdOfAddress);
  const [clientId, setClientId] = useState(ended?.clientId ?? fromAdmin);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<SignInProblem>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    const outcome = await open(clientId.trim(), secret.trim());
    setBusy(false);
    if ('kind' in outcome) setProblem(outcome);
    else onSignedIn(outcome.access, outcome.viewer);
  };
  return (
    <Door title={t('signIn.title')} text={t('signIn.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          {ended && !problem && <Alert color="yellow">{t('signIn.ended')}</Alert>}
          {problem && (
            <Alert role="alert" color="red" icon={<Icon name="warning" />}>
              {problem.kind === 'WAIT'
                ? t('signIn.problem.WAIT', { seconds: problem.seconds })
                : t(`signIn.problem.${problem.kind}`)}
            </Alert>
          )}
          <TextInput
            label={t('signIn.clientId')}
            value={clientId}
            required
            autoComplete="off"
            spellCheck={false}
            autoFocus={clientId === ''}
            onChange={({ currentTarget }) => setClientId(currentTarget.value)}
          />
          <PasswordInput
            label={t('signIn.secret')}
            description={fromAdmin && fromAdmin === clientId ? t('signIn.fromAdmin') : t('signIn.memory')}
            value={secret}
            required
            // A password manager would put it into a storage of its own.
            autoComplete="off"
            autoFocus={clientId !== ''}
            onChange={({ currentTarget }) => setSecret(currentTarget.value)}
          />
          <Button type="submit" loading={isBusy}>
            {t('signIn.submit')}
          </Button>
          <Text size="sm">
            <Anchor href="/docs/quickstart" target="_blank">
              {t('signIn.docs')}
            </Anchor>
          </Text>
        </Stack>
      </form>
    </Door>
  );
}

type Opened = { readonly access: Access; readonly viewer: Viewer } | SignInProblem;

async function open(clientId: string, secret: string): Promise<Opened> {
  try {
    const access = await Access.open(clientId, secret);
    const viewer = await fetchViewer(access).catch(() => undefined);
    if (viewer) return { access, viewer };
    await access.close();
    return { kind: 'UNREACHABLE' };
  } catch (error) {
    return error instanceof NoToken ? error.problem : { kind: 'UNREACHABLE' };
  }
}

/** The admin UI leads here with the public client id behind the #, which is sent to no server. */
function clientIdOfAddress(): string {
  return new URLSearchParams(window.location.hash.slice(1)).get('client-id') ?? '';
}
