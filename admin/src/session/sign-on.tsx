import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../layout/problem';
import { useBegin, type Purpose } from './begin-sign-on';
import { useSession } from './session';
import { keepPlace } from './wanted-place';

interface SignOnButtonProps {
  readonly purpose: Purpose;
  /** The token of the invitation that is accepted. */
  readonly invitation?: string;
  /** The page that was asked for, to come back to. */
  readonly place?: string;
}

/** Leads to the identity provider. Nothing at all where there is none. */
export function SignOnButton({ purpose, invitation, place }: SignOnButtonProps): React.JSX.Element | null {
  const { t } = useTranslation();
  const { provider } = useSession();
  const { problem, isBusy, begin } = useBegin();
  if (provider === null) return null;
  const leave = async (): Promise<void> => {
    const url = await begin(purpose, invitation);
    if (url === undefined) return;
    if (place !== undefined) keepPlace(place);
    window.location.assign(url);
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
