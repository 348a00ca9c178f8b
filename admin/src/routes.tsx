import { useState } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { RouteProblem } from './layout/route-problem';
import { Shell } from './layout/shell';
import { takePlace } from './session/wanted-place';

/** Where an identity provider sends back to. */
function Home(): React.JSX.Element {
  const [place] = useState(takePlace);
  return <Navigate to={place} replace />;
}

const PAGES: readonly RouteObject[] = [
  { index: true, element: <Home /> },
  { path: 'settings', element: <Navigate to="/settings/credentials" replace /> },
  {
    path: 'settings/credentials',
    lazy: async () => ({ Component: (await import('./credentials/credentials.page')).CredentialsPage }),
    children: [
      {
        path: ':id',
        lazy: async () => ({ Component: (await import('./credentials/credential.route')).CredentialRoute }),
      },
    ],
  },
  {
    path: 'settings/attributes',
    lazy: async () => ({ Component: (await import('./attributes/attributes.page')).AttributesPage }),
  },
  {
    path: 'settings/integrations',
    lazy: async () => ({ Component: (await import('./integrations/integrations.page')).IntegrationsPage }),
  },
  { path: 'settings/admins', lazy: async () => ({ Component: (await import('./admins/admins.page')).AdminsPage }) },
  {
    path: 'settings/general',
    lazy: async () => ({ Component: (await import('./settings/settings.page')).SettingsPage }),
  },
  { path: 'usage', lazy: async () => ({ Component: (await import('./usage/usage.page')).UsagePage }) },
  { path: 'record', lazy: async () => ({ Component: (await import('./record/record.page')).RecordPage }) },
  { path: 'person', lazy: async () => ({ Component: (await import('./person/person.page')).PersonPage }) },
  { path: 'audit-log', lazy: async () => ({ Component: (await import('./audit/audit.page')).AuditPage }) },
  { path: 'feedback', lazy: async () => ({ Component: (await import('./feedback/feedback.page')).FeedbackPage }) },
  { path: 'account', lazy: async () => ({ Component: (await import('./account/account.page')).AccountPage }) },
];

export const router = createBrowserRouter([
  {
    errorElement: <RouteProblem />,
    hydrateFallbackElement: <div />,
    children: [
      { path: 'sign-in', lazy: async () => ({ Component: (await import('./session/sign-in.page')).SignInPage }) },
      { path: 'setup', lazy: async () => ({ Component: (await import('./session/setup.page')).SetupPage }) },
      { path: 'signed-in', lazy: async () => ({ Component: (await import('./session/signed-in.page')).SignedInPage }) },
      { element: <Shell />, children: [...PAGES, { path: '*', element: <RouteProblem /> }] },
    ],
  },
]);
