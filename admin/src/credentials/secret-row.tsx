import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemIn, useSend } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { useConfirm } from '../layout/confirmation';
import { CopyButton } from '../layout/copy-button';
import { Icon } from '../layout/icon';
import { toast, toastProblem } from '../layout/toast';
import classes from './access-section.module.css';
import { RevealSecret, RevokeSecret, type Credential } from './credential.operations';
import { newestSecret, useCredentialsContext } from './credentials-context';
import type { Editor } from './use-editor';

interface SecretRowProps {
  readonly secret: Credential['secrets'][number];
  readonly credential: Credential;
  readonly editor: Editor;
  readonly isReadOnly: boolean;
}

const MASKED = 'fgcs_••••••••••••••••••••';
/** For how long a revealed secret stays on the screen, in seconds. */
const SHOWN_SECONDS = 30;

export function SecretRow({ secret, credential, editor, isReadOnly }: SecretRowProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const { shown, seconds, fetch, show, hide, isAtHand } = useSecret(secret, credential);
  const isNewest = secret.id === newestSecret(credential)?.id;
  const isOld = !isNewest && credential.secrets.length > 1;
  const note = isOld
    ? secret.expiresAt && t('access.oldUntil', { when: format.dateTime(secret.expiresAt) })
    : t('access.createdOn', { when: format.date(secret.createdAt) });
  return (
    <div className={classes.row}>
      <dt>{t(isOld ? 'access.oldSecret' : 'access.secret')}</dt>
      <dd>
        <code className={classes.code} data-secret>
          {shown ?? MASKED}
        </code>
        {isAtHand && !isReadOnly && (
          <Group gap={6}>
            <Button
              variant="default"
              size="xs"
              leftSection={<Icon name={shown === undefined ? 'eye' : 'eyeOff'} size={15} />}
              onClick={() => (shown === undefined ? void show() : hide())}
            >
              {shown === undefined ? t('access.reveal') : t('access.hide', { seconds })}
            </Button>
            <CopyButton what={t(isOld ? 'access.oldSecret' : 'access.secret')} text={fetch} />
          </Group>
        )}
        <Group justify="space-between" gap="xs" w="100%">
          <Text size="xs" c="dimmed">
            {isOld || isAtHand ? note : t('access.shownOnce')}
          </Text>
          {isOld && !isReadOnly && <Revoke secretId={secret.id} credential={credential} editor={editor} />}
        </Group>
      </dd>
    </div>
  );
}

/** A secret that was just made is known already; any other one is asked for, which the gateway writes down. */
function useSecret(secret: SecretRowProps['secret'], credential: Credential) {
  const { t } = useTranslation();
  const send = useSend();
  const { freshSecrets } = useCredentialsContext();
  const fresh = freshSecrets.get(secret.id);
  const [shown, setShown] = useState<string>();
  const [seconds, setSeconds] = useState(SHOWN_SECONDS);
  const hide = (): void => setShown(undefined);

  useEffect(() => {
    if (shown === undefined) return;
    if (seconds <= 0) return hide();
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [shown, seconds]);

  const fetch = async (): Promise<string | undefined> => {
    if (fresh !== undefined) return fresh;
    if (shown !== undefined) return shown;
    const outcome = await send(RevealSecret, { id: credential.id, secretId: secret.id });
    if (outcome.ok && outcome.data.revealCredentialSecret.clientSecret) {
      return outcome.data.revealCredentialSecret.clientSecret;
    }
    const problem = problemIn(outcome);
    toastProblem(t('access.notRevealed'), t(`problem.${problem}.text`));
    return undefined;
  };
  const show = async (): Promise<void> => {
    const text = await fetch();
    setSeconds(SHOWN_SECONDS);
    setShown(text);
  };
  return { shown, seconds, fetch, show, hide, isAtHand: fresh !== undefined || secret.revealable };
}

interface RevokeProps {
  readonly secretId: string;
  readonly credential: Credential;
  readonly editor: Editor;
}

function Revoke({ secretId, credential, editor }: RevokeProps): React.JSX.Element {
  const { t } = useTranslation();
  const send = useSend();
  const confirm = useConfirm();
  const revoke = async (): Promise<void> => {
    const agreed = await confirm({
      title: t('access.revokeTitle'),
      text: t('access.revokeText'),
      confirm: t('access.revoke'),
      isDestructive: true,
    });
    if (!agreed) return;
    const outcome = await send(RevokeSecret, { id: credential.id, secretId });
    const saved = outcome.ok ? outcome.data.revokeCredentialSecret.credential : null;
    if (!saved) {
      toastProblem(t('access.notRevoked'), t(`problem.${problemIn(outcome)}.text`));
      return;
    }
    editor.meet(saved);
    toast(t('access.revoked'));
  };
  return (
    <Button variant="subtle" color="red.9" size="compact-xs" className={classes.revoke} onClick={() => void revoke()}>
      {t('access.revoke')}
    </Button>
  );
}
