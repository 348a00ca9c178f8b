import { useEffect, useState } from 'react';

/** Gives the focus back to what had it before this was there. The kit does so only for what is there already, closed. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
