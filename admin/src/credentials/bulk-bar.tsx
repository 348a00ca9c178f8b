import { Button, Group, Paper, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../graphql/outcome';
import { useConfirm } from '../layout/confirmation';
import { toast, toastProblem } from '../layout/toast';
import classes from './bulk-bar.module.css';
import { DisableCredentials } from './credential.operations';
import type { CredentialListState } from './use-credential-list';

interface BulkBarProps {
  readonly selected: ReadonlySet<string>;
  readonly list: CredentialListState;
  readonly onDone: () => void;
}

/** So many are disabled by one request, all or none of them. */
const AT_ONCE = 100;

export function BulkBar({ selected, list, onDone }: BulkBarProps): React.JSX.Element {
  const { t } = useTranslation();
  const { done, disable } = useBulkDisable(selected, list, onDone);
  return (
    <Paper className={classes.bar} role="region" aria-label={t('bulk.region')} shadow="lg" withBorder>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600} aria-live="polite">
          {t('bulk.selected', { count: selected.size })}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button variant="subtle" color="gray" onClick={onDone} disabled={done !== undefined}>
            {t('bulk.clear')}
          </Button>
          <Button color="red.9" onClick={() => void disable()} loading={done !== undefined}>
            {t('bulk.disable')}
          </Button>
        </Group>
      </Group>
      {done !== undefined && <Progress mt="sm" value={(done / selected.size) * 100} aria-label={t('bulk.progress')} />}
    </Paper>
  );
}

function useBulkDisable(selected: ReadonlySet<string>, list: CredentialListState, onDone: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const confirm = useConfirm();
  const [done, setDone] = useState<number>();

  const disable = async (): Promise<void> => {
    const count = selected.size;
    const agreed = await confirm({
      title: t('bulk.confirmTitle', { count }),
      text: t('bulk.confirmText'),
      confirm: t('bulk.disable'),
      isDestructive: true,
    });
    if (!agreed) return;
    const ids = [...selected];
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      setDone(start);
      const outcome = await send(DisableCredentials, { ids: ids.slice(start, start + AT_ONCE) });
      if (!outcome.ok || outcome.data.disableCredentials.userErrors.length > 0) {
        setDone(undefined);
        // One that was deleted meanwhile has every try refused, and no row any more to be deselected by.
        if (outcome.ok) onDone();
        list.reload();
        toastProblem(t('bulk.failed', { done: start, count }), t('bulk.failedText'));
        return;
      }
    }
    setDone(undefined);
    onDone();
    list.reload();
    toast(t('bulk.done', { count }));
  };
  return { done, disable };
}
