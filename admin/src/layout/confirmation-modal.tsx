import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCloseInFront } from './use-close-in-front';
import { useFocusBack } from './use-focus-back';

export interface Confirmation {
  readonly title: string;
  readonly text: ReactNode;
  readonly confirm: string;
  /** What has to be typed first; for what cannot be undone. */
  readonly typed?: string;
  readonly isDestructive?: boolean;
  readonly cancel?: string;
}

interface ConfirmationModalProps {
  readonly confirmation: Confirmation;
  readonly answer: (agreed: boolean) => void;
}

export function ConfirmationModal({ confirmation, answer }: ConfirmationModalProps): React.JSX.Element {
  useFocusBack();
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const isReady = confirmation.typed === undefined || typed.trim() === confirmation.typed.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (isReady) answer(true);
  };
  return (
    <Modal
      opened
      {...useCloseInFront(() => answer(false))}
      title={confirmation.title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      zIndex={390}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text component="div" size="sm">
            {confirmation.text}
          </Text>
          {confirmation.typed !== undefined && (
            <TextInput
              label={t('common.typeToConfirm', { name: confirmation.typed })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => answer(false)}>
              {confirmation.cancel ?? t('common.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={!isReady}
              {...(confirmation.isDestructive ? { color: 'red.9' } : {})}
              {...(confirmation.typed === undefined ? { 'data-autofocus': true } : {})}
            >
              {confirmation.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
