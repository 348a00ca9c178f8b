import { useEffect, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { useConfirm } from '../layout/confirmation';

/** Asks before unsaved changes are left behind: by a link, the back button, Esc or closing the window. */
export function useUnsavedGuard(isDirty: boolean, isLeaving: Readonly<RefObject<boolean>>): void {
  const { t } = useTranslation();
  const confirm = useConfirm();
  // Read when it happens: what was just saved may not have been drawn yet.
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isDirty && !isLeaving.current && currentLocation.pathname !== nextLocation.pathname,
  );
  const attempt = blocker.state === 'blocked' ? blocker.location : undefined;
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const question = {
      title: t('unsaved.title'),
      text: t('unsaved.text'),
      confirm: t('unsaved.leave'),
      cancel: t('unsaved.stay'),
      isDestructive: true,
    };
    void confirm(question).then((leaves) => {
      if (leaves) blocker.proceed();
      else blocker.reset();
    });
    // Asked once for each attempt, whatever else is drawn meanwhile. Two attempts may follow each other without a drawing between
    // them, so it is the place that tells them apart.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [attempt]);
  useEffect(() => {
    if (!isDirty) return;
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [isDirty]);
}
