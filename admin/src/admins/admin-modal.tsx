import { Button, Code, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend, type Problem } from '../graphql/outcome';
import { fieldErrors } from '../graphql/user-errors';
import { CopyButton } from '../layout/copy-button';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import { useCloseInFront } from '../layout/use-close-in-front';
import { useFocusBack } from '../layout/use-focus-back';
import { CreateAdmin, UpdateAdmin, type ListedAdmin } from './admin.operations';

interface AdminModalProps {
  readonly admin: ListedAdmin | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const ROLES = ['OWNER', 'MANAGER', 'AUDITOR'] as const;

/** Invites one, which ends with a link to hand over, or changes name and role. */
export function AdminModal({ admin, onClose, onSaved }: AdminModalProps): React.JSX.Element {
  useFocusBack();
  const { t } = useTranslation();
  const { form, problem, isBusy, setupUrl, submit } = useAdminForm(admin, onClose, onSaved);
  // The link is told once: no slip may lose it, nor the answer that brings it.
  const closesEasily = setupUrl === undefined && !isBusy;
  return (
    <Modal
      opened
      {...useCloseInFront(onClose)}
      closeOnClickOutside={closesEasily}
      closeOnEscape={closesEasily}
      withCloseButton={!isBusy}
      title={admin ? t('admins.editTitle') : t('admins.invite')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {setupUrl === undefined ? (
        <form onSubmit={form.onSubmit(submit)} noValidate>
          <Stack>
            {problem && <ProblemAlert problem={problem} />}
            {form.errors[''] !== undefined && (
              <Text role="alert" size="sm" c="var(--text-bad)">
                {t('admins.lastOwner')}
              </Text>
            )}
            <TextInput label={t('admins.name')} required data-autofocus {...form.getInputProps('name')} />
            {!admin && <TextInput label={t('session.email')} type="email" required {...form.getInputProps('email')} />}
            <Radio.Group label={t('admins.role')} {...form.getInputProps('role')}>
              <Stack gap="xs" mt={6}>
                {ROLES.map((role) => (
                  <Radio key={role} value={role} label={t(`role.${role}.name`)} description={t(`role.${role}.text`)} />
                ))}
              </Stack>
            </Radio.Group>
            <Group justify="flex-end">
              <Button variant="default" disabled={isBusy} onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={isBusy}>
                {admin ? t('common.save') : t('admins.makeLink')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <Text size="sm">{t('admins.linkText', { name: form.values.name })}</Text>
          <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {setupUrl}
          </Code>
          <Group justify="space-between">
            <CopyButton what={t('admins.link')} text={setupUrl} />
            <Button onClick={onClose}>{t('common.done')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function useAdminForm(admin: ListedAdmin | undefined, onClose: () => void, onSaved: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const [setupUrl, setSetupUrl] = useState<string>();
  const form = useForm({
    initialValues: { name: admin?.name ?? '', email: admin?.email ?? '', role: admin?.role ?? ('MANAGER' as const) },
  });
  const save = async ({ name, email, role }: typeof form.values) => {
    if (!admin) {
      const outcome = await send(CreateAdmin, { input: { name, email, role } });
      return outcome.ok ? outcome.data.createAdmin : outcome.problem;
    }
    const outcome = await send(UpdateAdmin, { id: admin.id, input: { name, role } });
    return outcome.ok ? { ...outcome.data.updateAdmin, setupUrl: null } : outcome.problem;
  };
  const submit = async (values: typeof form.values): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const result = await save(values);
    setBusy(false);
    if (typeof result === 'string') {
      setProblem(result);
      return;
    }
    if (result.userErrors.length > 0) {
      form.setErrors(fieldErrors(result.userErrors, t));
      return;
    }
    onSaved();
    if (result.setupUrl !== null) {
      setSetupUrl(result.setupUrl);
      return;
    }
    toast(t('admins.saved', { name: values.name }));
    onClose();
  };
  return { form, problem, isBusy, setupUrl, submit };
}
