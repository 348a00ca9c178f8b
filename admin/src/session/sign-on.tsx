import { Alert, Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VariablesOf } from '../graphql/graphql';
import { useSend, type Problem } from '../graphql/outcome';
import { ProblemAlert } from '../layout/problem';
import { useSession } from './session';
import { BeginSingleSignOn } from './session.operations';

type Purpose = VariablesOf<typeof BeginSingleSignOn>['input']['purpose'];

interface SignOnButtonProps {
  readonly purpose: Purpose;
  /** The token of the invitation that is accepted. */
  readonly invitation?: string;
}

/** Leads to the identity provider. Nothing at all where there is none. */
export function SignOnButton({ purpose, invitation }: SignOnButtonProps): React.JSX.Element | null {
  const { t } = useTranslation();
  const { provider } = useSession();
  const { problem, isBusy, begin } = useBegin();
  if (provider === null) return null;
  const leave = async (): Promise<void> => {
    const url = await begin(purpose, invitation);
    if (url !== undefined) window.location.assign(url);
  };
  return (
    <>
      {problem && <ProblemAlert problem={problem} />}
      <Button variant="default" size="md" fullWidth loading={isBusy} onClick={() => void leave()}>
        {t(`signOn.${purpose}`, { name: provider })}
      </Button>
    </>
  );
}

interface ProofButtonProps {
  readonly purpose: 'SIGN_IN_AGAIN' | 'REAUTHENTICATE';
  readonly onProved: () => void;
}

/** Leads to the identity provider in a window of its own, so that what is open here stays as it is. */
export function ProofButton({ purpose, onProved }: ProofButtonProps): React.JSX.Element {
  const { t } = useTranslation();
  const { provider } = useSession();
  const { problem, isBusy, begin } = useBegin();
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = () => onProved();
    return () => channel.close();
  }, [onProved]);
  const open = async (): Promise<void> => {
    // Before anything is awaited: browsers open windows at a click only.
    const proof = window.open('about:blank', '_blank', 'popup,width=520,height=680');
    const url = await begin(purpose);
    if (url === undefined) proof?.close();
    else proof?.location.assign(url);
  };
  return (
    <>
      {problem && <ProblemAlert problem={problem} />}
      <Button variant="default" loading={isBusy} onClick={() => void open()}>
        {t(`signOn.${purpose}`, { name: provider })}
      </Button>
    </>
  );
}

const CHANNEL = 'fieldgate-sign-on';

/** Tells the page that waits for it that this window has done its work. */
export function tellProved(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('proved');
  channel.close();
}

function useBegin() {
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const begin = async (purpose: Purpose, invitation?: string): Promise<string | undefined> => {
    setBusy(true);
    setProblem(undefined);
    const outcome = await send(BeginSingleSignOn, { input: { purpose, invitation: invitation ?? null } });
    setBusy(false);
    const url = outcome.ok ? outcome.data.beginSingleSignOn.url : null;
    if (url === null) setProblem(outcome.ok ? 'FAILED' : outcome.problem);
    return url ?? undefined;
  };
  return { problem, isBusy, begin };
}

const REFUSALS = ['EXPIRED', 'CANCELLED', 'FAILED', 'UNKNOWN', 'TAKEN', 'NOT_FRESH'] as const;

/** Why nothing came of it, if the gateway has just said so. */
export function SignOnRefusal(): React.JSX.Element | null {
  const { t } = useTranslation();
  const [refusal] = useState(takeRefusal);
  if (!refusal) return null;
  return (
    <Alert role="alert" color="red" variant="light" title={t('signOn.refused')}>
      {t(`signOn.refusal.${refusal}`)}
    </Alert>
  );
}

// Out of the address bar at once, so that loading the page again does not tell it again.
function takeRefusal(): (typeof REFUSALS)[number] | undefined {
  const said = new URLSearchParams(window.location.hash.slice(1)).get('sso');
  if (said === null) return undefined;
  window.history.replaceState(window.history.state, '', window.location.pathname);
  return REFUSALS.find((refusal) => refusal === said) ?? 'FAILED';
}
