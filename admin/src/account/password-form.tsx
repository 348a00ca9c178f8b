import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../graphql/graphql';
import { useSend, type Problem } from '../graphql/outcome';
import { fieldErrors } from '../graphql/user-errors';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import { useMe } from '../session/session';

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const EMPTY = { currentPassword: '', newPassword: '' };

export function PasswordForm(): React.JSX.Element {
  const { t } = useTranslation();
  const { email } = useMe();
  const { form, problem, isBusy, submit } = useChange();
  const eye = { 'aria-label': t('session.showPassword') };
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate style={{ width: '100%', maxWidth: '26rem' }}>
      <Stack>
        {problem && <ProblemAlert problem={problem} />}
        {/* Tells a password manager whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label={t('account.currentPassword')}
          autoComplete="current-password"
          visibilityToggleButtonProps={eye}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label={t('account.newPassword')}
          description={t('setup.passwordHint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" loading={isBusy} style={{ alignSelf: 'flex-start' }}>
          {t('account.changePassword')}
        </Button>
      </Stack>
    </form>
  );
}

function useChange() {
  const { t } = useTranslation();
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const form = useForm({ initialValues: EMPTY });
  const submit = async (input: typeof EMPTY): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const outcome = await send(ChangePassword, { input });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.problem);
      return;
    }
    const { userErrors } = outcome.data.changePassword;
    if (userErrors.length > 0) {
      form.setErrors(fieldErrors(userErrors, t));
      return;
    }
    form.reset();
    toast(t('account.passwordChanged'));
  };
  return { form, problem, isBusy, submit };
}
