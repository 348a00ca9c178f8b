import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { useSend } from '../graphql/outcome';
import { ProblemAlert } from '../layout/problem';
import type { Problem } from '../graphql/outcome';
import { Door } from './door';
import { useSession } from './session';
import { SignOnButton, SignOnRefusal } from './sign-on';
import { SignIn } from './session.operations';
import { takePlace } from './wanted-place';

/** Email and password, and back to where one wanted to go. */
export function SignInPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { session } = useSession();
  const location = useLocation();
  const [place] = useState(() => wantedPlace(location.state));
  if (session.kind === 'SIGNED_IN') return <Navigate to={place} replace />;
  return (
    <Door title={t('session.signIn')} text={t('session.signInText')}>
      {session.kind === 'NOBODY' && session.setupOpen && (
        <Alert color="gray" variant="light" title={t('session.setupOpen')}>
          {t('session.setupOpenText')}
        </Alert>
      )}
      <SignOnRefusal />
      <SignInForm />
      <SignOnButton purpose="SIGN_IN" place={place} />
    </Door>
  );
}

function wantedPlace(state: unknown): string {
  // An identity provider that refused somebody sends back to here. What was kept is taken in any case, so that it does not wait.
  const kept = takePlace();
  const isPlace = typeof state === 'object' && state !== null && 'from' in state && typeof state.from === 'string';
  return isPlace ? String(state.from) : kept;
}

function SignInForm(): React.JSX.Element {
  const { t } = useTranslation();
  const { email, setEmail, password, setPassword, isWrong, problem, isBusy, submit } = useSignIn();
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {problem && <ProblemAlert problem={problem} />}
        {isWrong && (
          <Text c="var(--text-bad)" size="sm" role="alert">
            {t('session.wrongCombination')}
          </Text>
        )}
        <TextInput
          label={t('session.email')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="username"
          autoFocus
        />
        <PasswordInput
          label={t('session.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        <Button type="submit" fullWidth size="md" mt="xs" loading={isBusy}>
          {t('session.signIn')}
        </Button>
      </Stack>
    </form>
  );
}

function useSignIn() {
  const send = useSend();
  const { signedIn } = useSession();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    setWrong(false);
    void send(SignIn, { input: { email, password } }).then((outcome) => {
      setBusy(false);
      if (!outcome.ok) return setProblem(outcome.problem);
      const { me } = outcome.data.signIn;
      setWrong(!me);
      if (me) signedIn(me);
    });
  };
  return { email, setEmail, password, setPassword, isWrong, problem, isBusy, submit };
}
