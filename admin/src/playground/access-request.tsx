import { Button, CloseButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { CopyButton } from '../layout/copy-button';
import type { Access } from './access';
import { requestAccess, type RequestProblem } from './request-access';
import { useWishText } from './use-wish-text';
import type { Wishes } from './use-wishes';
import type { Viewer } from './viewer';
import classes from './side-panel.module.css';

interface AccessRequestProps {
  readonly access: Access;
  readonly viewer: Viewer;
  readonly wishes: Wishes;
  readonly onSent: () => void;
}

const LONGEST_REASON = 500;

/** Asks the admins for what is locked: with a request that they find in the admin UI, or with a text to send them. */
export function AccessRequest({ access, viewer, wishes, onSent }: AccessRequestProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { wanted, reason, setReason, clear, isCalled, arrive } = wishes;
  const [problem, setProblem] = useState<RequestProblem>();
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!isCalled) return;
    field.current?.focus();
    arrive();
  }, [isCalled, arrive]);
  const send = async (): Promise<void> => {
    setBusy(true);
    const refused = await requestAccess(access, wanted, reason.trim());
    setBusy(false);
    setProblem(refused);
    if (refused) return;
    clear();
    onSent();
  };
  const title = t('request.title');
  return (
    <form
      className={classes.request}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="xs">
        <Group justify="space-between">
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={clear}>
            {t('request.clear')}
          </Button>
        </Group>
        <WishList wishes={wishes} />
        <Textarea
          ref={field}
          size="xs"
          label={t('request.reason')}
          description={t('request.hint')}
          required
          maxLength={LONGEST_REASON}
          autosize
          minRows={2}
          maxRows={6}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {problem && (
          <Text size="xs" role="alert" c="var(--text-bad)">
            {t(`request.problem.${problem.kind}`, { code: problem.code })}
          </Text>
        )}
        <Group gap="xs">
          <Button type="submit" size="xs" loading={isBusy} disabled={reason.trim() === ''}>
            {t('request.send')}
          </Button>
          <CopyButton what={t('request.copy')} label={t('request.copy')} text={useMessage(viewer, wishes)} />
        </Group>
      </Stack>
    </form>
  );
}

function WishList({ wishes: { wanted, toggle } }: Pick<AccessRequestProps, 'wishes'>): React.JSX.Element {
  const { t } = useTranslation('playground');
  const text = useWishText();
  return (
    <ul className={classes.wishes} tabIndex={0} aria-label={t('request.what')}>
      {wanted.map((wish) => (
        <li key={wish} className={classes.wish}>
          <Text size="xs" className={classes.code}>
            {text(wish)}
          </Text>
          <CloseButton size="xs" aria-label={t('request.drop', { what: text(wish) })} onClick={() => toggle(wish)} />
        </li>
      ))}
    </ul>
  );
}

/** The same in words, for admins who do not look into the admin UI by themselves. */
function useMessage({ name, clientId }: Viewer, { wanted, reason }: Wishes): string {
  const { t } = useTranslation('playground');
  const { list } = useFormat();
  const text = useWishText();
  const missing = new URLSearchParams({ missing: wanted.join(',') });
  return [
    t('request.message', { name, clientId, what: list(wanted.map(text)) }),
    ...(reason.trim() === '' ? [] : [t('request.messageReason', { reason: reason.trim() })]),
    t('request.messageLink', { link: `${window.location.origin}/settings/credentials/${clientId}?${missing}` }),
  ].join('\n');
}
