import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react';
import type { Confirmation } from './confirmation-modal';

const ConfirmationModal = lazy(async () => ({
  default: (await import('./confirmation-modal')).ConfirmationModal,
}));

type Confirm = (confirmation: Confirmation) => Promise<boolean>;

const ConfirmContext = createContext<Confirm | undefined>(undefined);

/** Lets any component ask, and wait for the answer. */
export function ConfirmationProvider({ children }: { readonly children: ReactNode }): React.JSX.Element {
  const [open, setOpen] = useState<{ confirmation: Confirmation; answer: (agreed: boolean) => void }>();
  const confirm = useCallback<Confirm>(
    (confirmation) =>
      new Promise((resolve) => {
        setOpen({
          confirmation,
          answer: (agreed) => {
            setOpen(undefined);
            resolve(agreed);
          },
        });
      }),
    [],
  );
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Suspense>{open && <ConfirmationModal {...open} />}</Suspense>
    </ConfirmContext>
  );
}

export function useConfirm(): Confirm {
  const confirm = useContext(ConfirmContext);
  if (!confirm) throw new Error('useConfirm needs a ConfirmationProvider around it.');
  return confirm;
}
