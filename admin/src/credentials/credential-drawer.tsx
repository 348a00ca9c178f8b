import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCloseInFront } from '../layout/use-close-in-front';
import { useFocusBack } from '../layout/use-focus-back';
import classes from './credential-drawer.module.css';

interface CredentialDrawerProps {
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** The drawer on the right: a dialog that holds the focus, closes by Esc and gives the focus back. */
export function CredentialDrawer({ children, onClose }: CredentialDrawerProps): React.JSX.Element {
  useFocusBack();
  return (
    <Drawer.Root
      opened
      {...useCloseInFront(onClose)}
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
