import { Button, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSend, type Outcome } from '../graphql/outcome';
import type { UserError } from '../graphql/user-errors';
import { useFormat } from '../i18n/use-format';
import { useConfirm } from '../layout/confirmation';
import { toast, toastProblem } from '../layout/toast';
import { useMe, useRights } from '../session/session';
import { DisableAdmin, EnableAdmin, type ListedAdmin } from './admin.operations';

interface AdminRowProps {
  readonly admin: ListedAdmin;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

export function AdminRow({ admin, onEdit, onChanged }: AdminRowProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const { owns } = useRights();
  const toggle = useToggle(admin, onChanged);
  const isMe = me.id === admin.id;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Text fw={600} size="sm">
          {admin.name} {isMe && `(${t('admins.you')})`}
        </Text>
        <Text size="xs" c="dimmed">
          {admin.email}
        </Text>
      </Table.Th>
      <Table.Td>{t(`role.${admin.role}.name`)}</Table.Td>
      <Table.Td>{admin.lastSignInAt === null ? t('admins.never') : format.relative(admin.lastSignInAt)}</Table.Td>
      <Table.Td>
        <Switch
          size="sm"
          aria-label={t('admins.maySignInOf', { name: admin.name })}
          checked={admin.enabled}
          disabled={!owns || isMe}
          onChange={() => void toggle()}
        />
      </Table.Td>
      {owns && (
        <Table.Td ta="right">
          <Button variant="default" size="xs" aria-label={t('admins.editOf', { name: admin.name })} onClick={onEdit}>
            {t('common.edit')}
          </Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function useToggle({ id, name, enabled }: ListedAdmin, onChanged: () => void): () => Promise<void> {
  const { t } = useTranslation();
  const send = useSend();
  const confirm = useConfirm();
  const change = async (): Promise<Outcome<readonly UserError[]>> => {
    if (!enabled) {
      const outcome = await send(EnableAdmin, { id });
      return outcome.ok ? { ok: true, data: outcome.data.enableAdmin.userErrors } : outcome;
    }
    const outcome = await send(DisableAdmin, { id });
    return outcome.ok ? { ok: true, data: outcome.data.disableAdmin.userErrors } : outcome;
  };
  return async () => {
    const question = {
      title: t('admins.disableTitle', { name }),
      text: t('admins.disableText'),
      confirm: t('admins.disable'),
      isDestructive: true,
    };
    if (enabled && !(await confirm(question))) return;
    const outcome = await change();
    if (!outcome.ok || outcome.data.length > 0) {
      toastProblem(t('admins.notChanged'), t(outcome.ok ? 'admins.lastOwner' : `problem.${outcome.problem}.text`));
      return;
    }
    toast(t(enabled ? 'admins.disabled' : 'admins.enabled', { name }));
    onChanged();
  };
}
