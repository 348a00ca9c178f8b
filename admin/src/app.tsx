import { MantineProvider } from '@mantine/core';
import { RouterProvider } from 'react-router';
import { ConfirmationProvider } from './layout/confirmation';
import { Toasts } from './layout/toasts';
import { router } from './routes';
import { SessionProvider } from './session/session';
import { cssVariables, theme } from './theme';

export function App({ nonce }: { readonly nonce: string }): React.JSX.Element {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <SessionProvider>
        <ConfirmationProvider>
          <RouterProvider router={router} />
          <Toasts />
        </ConfirmationProvider>
      </SessionProvider>
    </MantineProvider>
  );
}
