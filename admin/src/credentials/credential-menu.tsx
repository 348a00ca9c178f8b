import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { withoutMissing } from '../access-requests/wanted-access';
import { problemIn, useSend, type Outcome } from '../graphql/outcome';
import { useConfirm } from '../layout/confirmation';
import { Icon } from '../layout/icon';
import { toast, toastProblem } from '../layout/toast';
import { DeleteCredential, DuplicateCredential, EndAllTokens, type Credential } from './credential.operations';
import { useCredentialsContext } from './credentials-context';
import { hasPlayground, playgroundOf } from './playground-link';
import type { Editor } from './use-editor';

interface CredentialMenuProps {
  readonly editor: Editor;
  readonly credential: Credential;
  readonly onClose: () => void;
}

/** What is done rarely. */
export function CredentialMenu({ editor, credential, onClose }: CredentialMenuProps): React.JSX.Element {
  const { t } = useTranslation();
  const actions = useActions(editor, credential, onClose);
  return (
    <Menu position="bottom-end" width={240} withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('credential.more')}>
          <Icon name="dots" size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="copy" size={16} />} onClick={() => void actions.duplicate()}>
          {t('credential.duplicate')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="out" size={16} />} onClick={() => void actions.endTokens()}>
          {t('credential.endTokens')}
        </Menu.Item>
        {hasPlayground() && (
          <Menu.Item
            component="a"
            href={playgroundOf(credential.clientId)}
            target="_blank"
            leftSection={<Icon name="external" size={16} />}
          >
            {t('credential.playground')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="trash" size={16} />}
          c="var(--text-bad)"
          onClick={() => void actions.remove()}
        >
          {t('credential.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useActions(editor: Editor, credential: Credential, onClose: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const { search } = useLocation();
  const { reload, deselect, keepFresh } = useCredentialsContext();
  const { id, name } = credential;
  const failed = (outcome: Outcome<unknown>): void =>
    toastProblem(t('credential.failed'), t(`problem.${problemIn(outcome)}.text`));

  return {
    duplicate: async () => {
      const outcome = await send(DuplicateCredential, { id, name: copyName(name, t('credential.copyOf')) });
      if (!outcome.ok) {
        failed(outcome);
        return;
      }
      const { credential: copy, clientSecret, userErrors } = outcome.data.duplicateCredential;
      if (!copy) {
        const isTaken = userErrors.some(({ code }) => code === 'TAKEN');
        toastProblem(t('credential.failed'), t(isTaken ? 'credential.copyTaken' : 'problem.FAILED.text'));
        return;
      }
      keepFresh(copy, clientSecret);
      reload();
      toast(t('credential.duplicated', { name: copy.name }));
      await navigate({ pathname: `/settings/credentials/${copy.id}`, search: withoutMissing(search) });
    },
    endTokens: async () => {
      const agreed = await confirm({
        title: t('credential.endTokensTitle'),
        text: t('credential.endTokensText'),
        confirm: t('credential.endTokens'),
        isDestructive: true,
      });
      if (!agreed) return;
      const outcome = await send(EndAllTokens, { id });
      const saved = outcome.ok ? outcome.data.endAllTokens.credential : null;
      if (!saved) {
        failed(outcome);
        return;
      }
      editor.meet(saved);
      toast(t('credential.tokensEnded'));
    },
    remove: async () => {
      const agreed = await confirm({
        title: t('credential.deleteTitle', { name }),
        text: t('credential.deleteText'),
        confirm: t('credential.delete'),
        typed: name,
        isDestructive: true,
      });
      if (!agreed) return;
      const outcome = await send(DeleteCredential, { id });
      if (!outcome.ok || outcome.data.deleteCredential.deletedCredentialId === null) {
        failed(outcome);
        return;
      }
      editor.isLeaving.current = true;
      deselect(id);
      reload();
      toast(t('credential.deleted', { name }));
      onClose();
    },
  };
}

function copyName(name: string, copy: string): string {
  return `${name} (${copy})`;
}
