import { Alert, Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend, type Problem } from '../graphql/outcome';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import { useCloseInFront } from '../layout/use-close-in-front';
import { useFocusBack } from '../layout/use-focus-back';
import { RotateSecret, type Credential } from './credential.operations';
import { useCredentialsContext } from './credentials-context';
import type { Editor } from './use-editor';

interface RotateModalProps {
  readonly credential: Credential;
  readonly editor: Editor;
  readonly onClose: () => void;
}

const OVERLAPS = ['ONE_DAY', 'ONE_HOUR', 'SEVEN_DAYS', 'NONE', 'COMPROMISED'] as const;
type Overlap = (typeof OVERLAPS)[number];

/** A new secret, and for how long the old one goes on working. */
export function RotateModal({ credential, editor, onClose }: RotateModalProps): React.JSX.Element {
  useFocusBack();
  const { t } = useTranslation();
  const [overlap, setOverlap] = useState<Overlap>('ONE_DAY');
  const [typed, setTyped] = useState('');
  const { problem, refusal, isBusy, rotate } = useRotation(credential, editor, onClose);
  const isAbrupt = overlap === 'COMPROMISED' || overlap === 'NONE';
  const isReady = !isAbrupt || typed.trim() === credential.name;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (isReady) void rotate(overlap);
  };
  return (
    <Modal
      opened
      {...useCloseInFront(onClose)}
      title={t('rotate.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {problem && <ProblemAlert problem={problem} />}
          {refusal !== undefined && (
            <Alert role="alert" color="red" variant="light">
              {refusal}
            </Alert>
          )}
          <Text size="sm">{t('rotate.text')}</Text>
          <Radio.Group
            label={t('rotate.overlap')}
            value={overlap}
            onChange={(value) => setOverlap(OVERLAPS.find((known) => known === value) ?? 'ONE_DAY')}
          >
            <Stack gap="xs" mt={6}>
              {OVERLAPS.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`rotate.for.${value}`)}
                  {...(value === 'COMPROMISED' ? { description: t('rotate.compromisedText') } : {})}
                />
              ))}
            </Stack>
          </Radio.Group>
          {isAbrupt && (
            <TextInput
              label={t('common.typeToConfirm', { name: credential.name })}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              autoComplete="off"
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady} {...(isAbrupt ? { color: 'red.9' } : {})}>
              {t('rotate.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useRotation(credential: Credential, editor: Editor, onClose: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const { keepFresh } = useCredentialsContext();
  const [problem, setProblem] = useState<Problem>();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const rotate = async (overlap: Overlap): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    setRefusal(undefined);
    const outcome = await send(RotateSecret, { id: credential.id, overlap });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.problem);
      return;
    }
    const { credential: saved, clientSecret, userErrors } = outcome.data.rotateCredentialSecret;
    const [error] = userErrors;
    if (error) {
      setRefusal(t(error.code === 'LIMIT' ? 'rotate.twoAlready' : `userError.${error.code}`));
      return;
    }
    if (saved) {
      keepFresh(saved, clientSecret);
      editor.meet(saved);
    }
    toast(t('rotate.done'));
    onClose();
  };
  return { problem, refusal, isBusy, rotate };
}
