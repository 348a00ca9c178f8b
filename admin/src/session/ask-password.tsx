import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useSend } from '../graphql/outcome';
import { useFocusBack } from '../layout/use-focus-back';
import { Reauthenticate, SignIn, WhoAmI } from './session.operations';
import { ProofButton } from './proof-button';

export type PasswordPurpose = 'SIGN_IN_AGAIN' | 'REAUTHENTICATE';

interface AskPasswordProps {
  readonly purpose: PasswordPurpose;
  readonly email: string;
  /** The identity provider that can prove it as well; null when none can. */
  readonly provider: string | null;
  readonly onAnswer: (proved: boolean) => void;
}

/** Asks for the password in front of whatever is open, which stays as it is. */
export function AskPassword({ purpose, email, provider, onAnswer }: AskPasswordProps): React.JSX.Element {
  useFocusBack();
  const { t } = useTranslation();
  const { password, setPassword, error, isBusy, submit } = useProof(purpose, email, onAnswer);
  const proved = useProvedElsewhere(email, onAnswer);
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
function useProvedElsewhere(email: string, onAnswer: (proved: boolean) => void): () => void {
  const ask = useAsk();
  return useCallback(() => {
    void ask(WhoAmI, {}).then((outcome) => {
      if (outcome.ok && outcome.data.me?.email === email) onAnswer(true);
      else window.location.assign('/');
    });
  }, [ask, email, onAnswer]);
}

function useProof(purpose: PasswordPurpose, email: string, onAnswer: (proved: boolean) => void) {
  const { t } = useTranslation();
  const send = useSend();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const prove = async () => {
    if (purpose === 'REAUTHENTICATE') {
      const outcome = await send(Reauthenticate, { input: { password } });
      return outcome.ok ? outcome.data.reauthenticate.userErrors : outcome.problem;
    }
    const outcome = await send(SignIn, { input: { email, password } });
    return outcome.ok ? outcome.data.signIn.userErrors : outcome.problem;
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
  return { password, setPassword, error, isBusy, submit };
}
