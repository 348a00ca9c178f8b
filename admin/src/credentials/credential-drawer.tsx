import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusBack } from '../layout/use-focus-back';
import classes from './credential-drawer.module.css';

interface CredentialDrawerProps {
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** The drawer on the right: a dialog that holds the focus, closes by Esc and gives the focus back. */
export function CredentialDrawer({ children, onClose }: CredentialDrawerProps): React.JSX.Element {
  useFocusBack();
  const close = (): void => {
    // Esc reaches every dialog, and is meant for the one in front.
    if (document.querySelectorAll('[role=dialog][aria-modal=true]').length < 2) onClose();
  };
  return (
    <Drawer.Root
      opened
      onClose={close}
      position="right"
      size="var(--drawer-width)"
      classNames={{ content: classes.content }}
      transitionProps={{ duration: 160, transition: 'slide-left' }}
    >
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content>{children}</Drawer.Content>
    </Drawer.Root>
  );
}
