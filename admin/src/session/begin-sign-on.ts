import { useState } from 'react';
import type { VariablesOf } from '../graphql/graphql';
import { problemIn, useSend, type Problem } from '../graphql/outcome';
import { BeginSingleSignOn } from './session.operations';

export type Purpose = VariablesOf<typeof BeginSingleSignOn>['input']['purpose'];

/** Where windows of this page tell each other that somebody has shown who they are. */
export const CHANNEL = 'fieldgate-sign-on';

/** Tells the page that waits for it that this window has done its work. */
export function tellProved(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('proved');
  channel.close();
}

interface Beginning {
  readonly problem: Problem | undefined;
  readonly isBusy: boolean;
  /** @returns the address to go to; undefined when it was refused */
  readonly begin: (purpose: Purpose, invitation?: string) => Promise<string | undefined>;
}

/** Asks the gateway where to go. */
export function useBegin(): Beginning {
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const begin = async (purpose: Purpose, invitation?: string): Promise<string | undefined> => {
    setBusy(true);
    setProblem(undefined);
    const outcome = await send(BeginSingleSignOn, { input: { purpose, invitation: invitation ?? null } });
    setBusy(false);
    const url = outcome.ok ? outcome.data.beginSingleSignOn.url : null;
    if (url === null) setProblem(problemIn(outcome));
    return url ?? undefined;
  };
  return { problem, isBusy, begin };
}
