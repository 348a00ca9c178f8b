import { Burger, Center, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation, useNavigation } from 'react-router';
import { useSession } from '../session/session';
import { Logo } from './logo';
import { Navigation } from './navigation';
import { ProblemAlert } from './problem';
import classes from './shell.module.css';

/** The frame around every page, for whoever is signed in; everybody else is sent to sign in and brought back. */
export function Shell(): React.JSX.Element {
  const { session, load } = useSession();
  const { pathname, search } = useLocation();
  switch (session.kind) {
    case 'LOADING':
      return <Waiting />;
    case 'UNREACHABLE':
      return (
        <Center mih="100dvh" p="md">
          <ProblemAlert problem="UNREACHABLE" onRetry={() => void load()} />
        </Center>
      );
    case 'NOBODY':
      return <Navigate to="/sign-in" replace state={{ from: `${pathname}${search}` }} />;
    case 'SIGNED_IN':
      return <Frame />;
  }
}

function Waiting(): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Center mih="100dvh">
      <Loader color="gray" role="status" aria-label={t('common.loading')} />
    </Center>
  );
}

function Frame(): React.JSX.Element {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const isLoading = useNavigation().state === 'loading';
  useEffect(close, [pathname, close]);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('layout.skip')}
      </a>
      <header className={classes.header}>
        <Logo />
        <Burger opened={isOpen} onClick={toggle} aria-label={t('layout.menu')} aria-expanded={isOpen} size="sm" />
      </header>
      <div className={classes.navbar} data-open={isOpen || undefined}>
        <Navigation />
      </div>
      <main id="content" tabIndex={-1} className={classes.main} aria-busy={isLoading}>
        <Outlet />
      </main>
    </div>
  );
}
