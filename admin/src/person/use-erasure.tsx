import { Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useSend } from '../graphql/outcome';
import { useConfirm } from '../layout/confirmation';
import { toastProblem } from '../layout/toast';
import { ErasePerson, NameOfPerson, type Erased } from './person.operations';

interface Erasure {
  readonly isBusy: boolean;
  readonly erase: () => Promise<void>;
}

/** Asks whether it is meant, and erases. @param onGone when somebody else was faster */
export function useErasure(employeeId: string, onErased: (erased: Erased) => void, onGone: () => void): Erasure {
  const { t } = useTranslation();
  const send = useSend();
  const isAgreed = useQuestion(employeeId);
  const isAsking = useRef(false);
  const [isBusy, setBusy] = useState(false);

  const run = async (): Promise<void> => {
    if (!(await isAgreed())) return;
    setBusy(true);
    const outcome = await send(ErasePerson, { employeeId });
    setBusy(false);
    if (!outcome.ok) {
      toastProblem(t(`problem.${outcome.problem}.title`), t(`problem.${outcome.problem}.text`));
    } else if (outcome.data.erasePerson.erasedEmployeeId === null) {
      onGone();
    } else {
      onErased(outcome.data.erasePerson);
    }
  };
  const erase = async (): Promise<void> => {
    if (isAsking.current) return;
    isAsking.current = true;
    await run();
    isAsking.current = false;
  };
  return { isBusy, erase };
}

/** An id is mistaken for another one easily: so the question names the person. */
function useQuestion(employeeId: string): () => Promise<boolean> {
  const { t } = useTranslation();
  const ask = useAsk();
  const confirm = useConfirm();
  return async () => {
    const named = await ask(NameOfPerson, { employeeId });
    const who = named.ok
      ? t('person.named', { name: named.data.previewCredential.employeeName, id: employeeId })
      : t('person.found', { id: employeeId });
    return confirm({
      title: t('person.eraseTitle', { who }),
      text: (
        <Stack gap="xs">
          <Text size="sm">{t('person.eraseDeletes')}</Text>
          <Text size="sm">{t('person.eraseLeaves')}</Text>
        </Stack>
      ),
      confirm: t('person.eraseConfirm'),
      typed: employeeId,
      isDestructive: true,
    });
  };
}
