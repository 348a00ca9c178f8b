import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Door } from './door';
import { tellProved } from './begin-sign-on';
import { SignOnRefusal } from './sign-on';

/** Where a window ends that was opened to show who one is. */
export function SignedInPage(): React.JSX.Element {
  const { t } = useTranslation();
  const [isRefused] = useState(() => window.location.hash.includes('sso='));
  useEffect(() => {
    if (isRefused) return;
    tellProved();
    // Some browsers leave the window open when another site was in it meanwhile; the text says what to do then.
    window.close();
  }, [isRefused]);
  return (
    <Door title={t(isRefused ? 'signOn.notProved' : 'signOn.proved')} text={t('signOn.closeWindow')}>
      <SignOnRefusal />
    </Door>
  );
}
