import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { problemIn, useSend, type Outcome, type Send } from '../graphql/outcome';
import { toast, toastProblem } from '../layout/toast';
import { DisableCredential, EnableCredential, type Credential, type CredentialRow } from './credential.operations';
import type { Patch } from './use-credential-list';

/** Switches a credential on or off from the list. Off takes one click: that is the one thing that may be urgent. */
export function useToggle(patch: Patch): (row: CredentialRow) => void {
  const { t } = useTranslation();
  const send = useSend();
  // The list gives a new function with every load; the rows need not be drawn again for that.
  const latest = useRef(patch);
  latest.current = patch;
  // Of two that are under way for the same credential, nobody knows which one comes last.
  const underWay = useRef(new Set<string>()).current;
  return useCallback(
    (row) => {
      const { id, name, enabled, status } = row;
      if (underWay.has(id)) return;
      underWay.add(id);
      latest.current(id, { enabled: !enabled }, false);
      void switched(send, id, !enabled).then((outcome) => {
        underWay.delete(id);
        if (outcome.ok && outcome.data) {
          latest.current(id, { enabled: outcome.data.enabled, status: outcome.data.status });
          return toast(t(enabled ? 'credentials.switchedOff' : 'credentials.switchedOn', { name }));
        }
        latest.current(id, { enabled, status });
        const problem = problemIn(outcome);
        toastProblem(t('credentials.notSwitched', { name }), t(`problem.${problem}.text`));
      });
    },
    [send, t, underWay],
  );
}

/** Answers with the credential as it is then. */
export async function switched(send: Send, id: string, on: boolean): Promise<Outcome<Credential | null>> {
  if (on) {
    const outcome = await send(EnableCredential, { id });
    return outcome.ok ? { ok: true, data: outcome.data.enableCredential.credential } : outcome;
  }
  const outcome = await send(DisableCredential, { id });
  return outcome.ok ? { ok: true, data: outcome.data.disableCredential.credential } : outcome;
}
