import { ActionIcon, Portal } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';
import { TOAST_EVENT, type Toast } from './toast';
import classes from './toasts.module.css';

interface ShownToast extends Toast {
  readonly number: number;
}

/** For how long a message stays, in milliseconds; a problem stays until it is closed. */
const STAYS = 6000;

/** Shows what `toast` tells, in front of everything, and has screen readers speak it. */
export function Toasts(): React.JSX.Element {
  const { t } = useTranslation();
  const [shown, setShown] = useState<readonly ShownToast[]>([]);
  const close = useCallback(
    (number: number) => setShown((before) => before.filter((toast) => toast.number !== number)),
    [],
  );
  useEffect(() => {
    let count = 0;
    const show = (event: Event): void => {
      if (!(event instanceof CustomEvent)) return;
      const number = ++count;
      const toast = event.detail as Toast;
      setShown((before) => [...before.slice(-2), { ...toast, number }]);
      if (!toast.isProblem) setTimeout(() => close(number), STAYS);
    };
    window.addEventListener(TOAST_EVENT, show);
    return () => window.removeEventListener(TOAST_EVENT, show);
  }, [close]);
  return (
    <Portal>
      <section className={classes.toasts} aria-label={t('common.notifications')} aria-live="polite" data-toasts>
        {shown.map(({ number, title, message, isProblem }) => (
          <div key={number} className={classes.toast} data-problem={isProblem || undefined}>
            <span className={classes.icon}>
              <Icon name={isProblem ? 'warning' : 'check'} />
            </span>
            <div className={classes.text}>
              {title !== undefined && <b>{title}</b>}
              <span>{message}</span>
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('common.close')}
              onClick={() => close(number)}
            >
              <Icon name="close" size={15} />
            </ActionIcon>
          </div>
        ))}
      </section>
    </Portal>
  );
}
