import { useRef, type RefObject } from 'react';

interface CloseInFront {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onClose: () => void;
}

/**
 * Esc reaches every dialog, and is meant for the one in front: the one that came last. Those behind it are told first, while it
 * is still there.
 */
export function useCloseInFront(close: () => void): CloseInFront {
  const ref = useRef<HTMLDivElement>(null);
  const onClose = (): void => {
    const dialogs = document.querySelectorAll('[role=dialog][aria-modal=true]');
    if (ref.current?.contains(dialogs[dialogs.length - 1] ?? null)) close();
  };
  return { ref, onClose };
}
