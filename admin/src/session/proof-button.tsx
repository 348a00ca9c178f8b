import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../layout/problem';
import { CHANNEL, useBegin } from './begin-sign-on';

interface ProofButtonProps {
  readonly purpose: 'SIGN_IN_AGAIN' | 'REAUTHENTICATE';
  /** What people call the identity provider. */
  readonly provider: string;
  readonly onProved: () => void;
}

/** Leads to the identity provider in a window of its own, so that what is open here stays as it is. */
export function ProofButton({ purpose, provider, onProved }: ProofButtonProps): React.JSX.Element {
  const { t } = useTranslation();
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
