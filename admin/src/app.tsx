import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { ConfirmationProvider } from './layout/confirmation';
import { router } from './routes';
import { SessionProvider } from './session/session';
import { cssVariables, theme } from './theme';

export function App({ nonce }: { readonly nonce: string }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-left" autoClose={6000} aria-label={t('common.notifications')} />
      <SessionProvider>
        <ConfirmationProvider>
          <RouterProvider router={router} />
        </ConfirmationProvider>
      </SessionProvider>
    </MantineProvider>
  );
}
