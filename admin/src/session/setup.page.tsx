import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { useSend, type Problem } from '../graphql/outcome';
import { fieldErrors } from '../graphql/user-errors';
import { ProblemAlert } from '../layout/problem';
import { Door } from './door';
import { useSession } from './session';
import { SignOnButton } from './sign-on';
import { CompleteSetup } from './session.operations';

/** Where a one-time link leads: the first admin, or an invited one, chooses a password. */
export function SetupPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { session } = useSession();
  const [{ token, isInvitation }] = useState(takeToken);
  if (session.kind === 'SIGNED_IN') return <Navigate to="/" replace />;
  return (
    <Door title={t('setup.title')} text={t(isInvitation ? 'setup.invitedText' : 'setup.text')}>
      {token === '' ? (
        <Alert color="gray" variant="light" title={t('setup.noToken')}>
          {t('setup.noTokenText')}
        </Alert>
      ) : (
        <>
          <SetupForm token={token} isInvitation={isInvitation} />
          {isInvitation && <SignOnButton purpose="ACCEPT_INVITATION" invitation={token} />}
        </>
      )}
    </Door>
  );
}

// It stands behind the `#`, so it was never sent to a server; now it leaves the address bar and the history as well.
function takeToken(): { readonly token: string; readonly isInvitation: boolean } {
  const said = new URLSearchParams(window.location.hash.slice(1));
  const invitation = said.get('invite');
  const token = invitation ?? said.get('token') ?? '';
  if (token !== '') window.history.replaceState(window.history.state, '', window.location.pathname);
  return { token, isInvitation: invitation !== null };
}

interface SetupFormProps {
  readonly token: string;
  /** Whoever was invited has a name and an email already. */
  readonly isInvitation: boolean;
}

function SetupForm({ token, isInvitation }: SetupFormProps): React.JSX.Element {
  const { t } = useTranslation();
  const { form, problem, isBusy, submit } = useSetup(token);
  const tokenError = form.errors['token'];
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack>
        {problem && <ProblemAlert problem={problem} />}
        {tokenError !== undefined && (
          <Alert color="red" variant="light" title={t('setup.badToken')}>
            {t('setup.badTokenText')}
          </Alert>
        )}
        {!isInvitation && (
          <>
            <TextInput label={t('setup.name')} autoComplete="name" autoFocus {...form.getInputProps('name')} />
            <TextInput
              label={t('session.email')}
              type="email"
              autoComplete="username"
              {...form.getInputProps('email')}
            />
          </>
        )}
        <PasswordInput
          label={t('session.password')}
          description={t('setup.passwordHint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth size="md" mt="xs" loading={isBusy}>
          {t('setup.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function useSetup(token: string) {
  const { t } = useTranslation();
  const send = useSend();
  const { signedIn } = useSession();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const form = useForm({ initialValues: { name: '', email: '', password: '' } });

  const submit = async (values: typeof form.values): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const outcome = await send(CompleteSetup, { input: { token, ...values } });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.problem);
      return;
    }
    const { me, userErrors } = outcome.data.completeSetup;
    if (me) {
      signedIn(me);
      return;
    }
    form.setErrors(fieldErrors(userErrors, t));
  };
  return { form, problem, isBusy, submit };
}
