import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useSend } from '../graphql/outcome';
import { useFocusBack } from '../layout/use-focus-back';
import { Reauthenticate, SignIn, WhoAmI, type Me } from './session.operations';
import { ProofButton } from './proof-button';

export type PasswordPurpose = 'SIGN_IN_AGAIN' | 'REAUTHENTICATE';

interface AskPasswordProps {
  readonly purpose: PasswordPurpose;
  readonly email: string;
  /** The identity provider that can prove it as well; null when none can. */
  readonly provider: string | null;
  /** Told who it is now: the role may have changed since the page was opened. */
  readonly signedIn: (me: Me) => void;
  readonly onAnswer: (proved: boolean) => void;
}

/** Asks for the password in front of whatever is open, which stays as it is. */
export function AskPassword(props: AskPasswordProps): React.JSX.Element {
  useFocusBack();
  const { purpose, email, provider, onAnswer } = props;
  const { t } = useTranslation();
  const { password, setPassword, error, setError, isBusy, submit } = useProof(props);
  const proved = useProvedElsewhere(props, setError);
  return (
    <Modal
      opened
      onClose={() => onAnswer(false)}
      title={t(`session.${purpose}.title`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      zIndex={400}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{t(`session.${purpose}.text`)}</Text>
          <TextInput label={t('session.email')} value={email} readOnly autoComplete="username" />
          <PasswordInput
            label={t('session.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={error}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
            data-autofocus
          />
          {provider !== null && <ProofButton purpose={purpose} provider={provider} onProved={proved} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onAnswer(false)}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t(`session.${purpose}.submit`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Whoever signed in again may be somebody else: then nothing of what is open here is sent in their name. */
function useProvedElsewhere(
  { email, signedIn, onAnswer }: AskPasswordProps,
  setError: (error: string) => void,
): () => void {
  const { t } = useTranslation();
  const ask = useAsk();
  return useCallback(() => {
    void ask(WhoAmI, {}).then((outcome) => {
      if (!outcome.ok) return setError(t(`problem.${outcome.problem}.title`));
      const { me } = outcome.data;
      if (me?.email !== email) return window.location.assign('/');
      signedIn(me);
      onAnswer(true);
    });
  }, [t, ask, email, signedIn, onAnswer, setError]);
}

function useProof({ purpose, email, signedIn, onAnswer }: AskPasswordProps) {
  const { t } = useTranslation();
  const send = useSend();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const prove = async () => {
    if (purpose === 'REAUTHENTICATE') {
      const outcome = await send(Reauthenticate, { input: { password } });
      if (outcome.ok) return outcome.data.reauthenticate.userErrors;
      // A session that ended behind this window is opened anew by the same password, and is as fresh.
      if (outcome.problem !== 'SIGNED_OUT') return outcome.problem;
    }
    const outcome = await send(SignIn, { input: { email, password } });
    if (!outcome.ok) return outcome.problem;
    const { me, userErrors } = outcome.data.signIn;
    if (me) signedIn(me);
    return userErrors;
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The event would bubble, through React's tree, to a form that this window was opened from.
    event.stopPropagation();
    setBusy(true);
    void prove().then((result) => {
      setBusy(false);
      if (typeof result === 'string') setError(t(`problem.${result}.title`));
      else if (result.length > 0) setError(t('session.wrongPassword'));
      else onAnswer(true);
    });
  };
  return { password, setPassword, error, setError, isBusy, submit };
}
