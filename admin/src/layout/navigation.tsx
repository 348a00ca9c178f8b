import { Group, NavLink, Stack, Text } from '@mantine/core';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useMe } from '../session/session';
import { Icon, type IconName } from './icon';
import { LanguageSwitch } from './language-switch';
import { Logo } from './logo';
import classes from './navigation.module.css';
import { SchemeSwitch } from './scheme-switch';

interface Place {
  readonly to: string;
  readonly icon: IconName;
  readonly text: ParseKeys;
}

const SETTINGS: readonly Place[] = [
  { to: '/settings/credentials', icon: 'key', text: 'credentials.title' },
  { to: '/settings/attributes', icon: 'tag', text: 'attributes.title' },
  { to: '/settings/integrations', icon: 'plug', text: 'integrations.title' },
  { to: '/settings/admins', icon: 'people', text: 'admins.title' },
  { to: '/settings/general', icon: 'sliders', text: 'settings.title' },
];

const INSIGHT: readonly Place[] = [
  { to: '/usage', icon: 'chart', text: 'usage.title' },
  { to: '/audit-log', icon: 'scroll', text: 'audit.title' },
  { to: '/record', icon: 'shield', text: 'record.title' },
  { to: '/person', icon: 'eye', text: 'person.title' },
];

export function Navigation(): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('layout.navigation')} className={classes.navigation}>
      <div className={classes.top}>
        <Logo />
      </div>
      <div className={classes.places}>
        <Places title={t('layout.settings')} places={SETTINGS} />
        <Places title={t('layout.insight')} places={INSIGHT} />
      </div>
      <Stack gap={4} className={classes.bottom}>
        <PlaceLink place={{ to: '/feedback', icon: 'chat', text: 'feedback.title' }} />
        <Who />
        <Group justify="space-between" mt={6} px={4}>
          <LanguageSwitch />
          <SchemeSwitch />
        </Group>
      </Stack>
    </nav>
  );
}

function Places({ title, places }: { readonly title: string; readonly places: readonly Place[] }): React.JSX.Element {
  return (
    <Stack gap={2} mb="lg">
      <Text className={classes.group}>{title}</Text>
      {places.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
    </Stack>
  );
}

function PlaceLink({ place }: { readonly place: Place }): React.JSX.Element {
  const { t } = useTranslation();
  const isHere = useLocation().pathname.startsWith(place.to);
  return (
    <NavLink
      component={Link}
      to={place.to}
      label={t(place.text)}
      leftSection={<Icon name={place.icon} />}
      className={classes.place}
      data-here={isHere || undefined}
      {...(isHere ? { 'aria-current': 'page' as const } : {})}
    />
  );
}

function Who(): React.JSX.Element {
  const { t } = useTranslation();
  const { name, role } = useMe();
  const isHere = useLocation().pathname.startsWith('/account');
  return (
    <NavLink
      component={Link}
      to="/account"
      label={name}
      description={t(`role.${role}.name`)}
      leftSection={<Icon name="person" />}
      className={classes.place}
      data-here={isHere || undefined}
      {...(isHere ? { 'aria-current': 'page' as const } : {})}
    />
  );
}
