import { Badge, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import { AskFor } from './ask-for';
import type { Wishes } from './use-wishes';
import type { Attribute } from './viewer';
import classes from './side-panel.module.css';

interface AttributeListProps {
  readonly attributes: readonly Attribute[];
  readonly wishes: Wishes;
}

const SHOWN = ['all', 'granted', 'locked'] as const;
type Shown = (typeof SHOWN)[number];

const CATEGORIES = ['PERSONAL', 'EMPLOYMENT', 'COMPENSATION', 'TIME', 'CUSTOM'] as const;

export function AttributeList({ attributes, wishes }: AttributeListProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { label } = useFormat();
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const fitting = attributes.filter((one) => isShown(one, shown) && fits(`${one.key} ${label(one.label)}`, search));
  return (
    <Stack gap="xs">
      <TextInput
        size="xs"
        aria-label={t('permissions.search')}
        placeholder={t('permissions.search')}
        leftSection={<Icon name="search" size={14} />}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('permissions.show')}
        value={shown}
        onChange={setShown}
        data={SHOWN.map((value) => ({ value, label: t(`permissions.${value}`) }))}
      />
      {fitting.length === 0 && <Text size="sm">{t('permissions.nothing')}</Text>}
      {CATEGORIES.map((category) => {
        const own = fitting.filter((one) => one.category === category);
        return own.length === 0 ? null : (
          <section key={category}>
            <h3 className={classes.category}>{t(`permissions.category.${category}`)}</h3>
            <ul className={classes.list}>
              {own.map((one) => (
                <Row key={one.key} attribute={one} wishes={wishes} />
              ))}
            </ul>
          </section>
        );
      })}
      <Text size="xs" c="dimmed">
        {t('permissions.customHint')}
      </Text>
    </Stack>
  );
}

interface RowProps {
  readonly attribute: Attribute;
  readonly wishes: Wishes;
}

function Row({ attribute, wishes }: RowProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const format = useFormat();
  const { key, type, sensitivity, readable, writable } = attribute;
  const name = format.label(attribute.label);
  const isLocked = !readable && !writable;
  const state = isLocked ? 'isLocked' : readable && writable ? 'both' : readable ? 'readable' : 'writable';
  return (
    <li className={classes.entry} data-locked={isLocked || undefined}>
      <div className={classes.grow}>
        <Text size="sm" fw={550}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          <span className={classes.code}>{key}</span> · {type} ·{' '}
          {t('permissions.sensitivityOf', { level: t(`permissions.sensitivity.${sensitivity}`) })}
        </Text>
      </div>
      <Stack gap={4} align="flex-end">
        <Badge size="sm" variant="light" color={isLocked ? 'gray' : 'pine'} className={classes.badge}>
          {t(`permissions.${state}`)}
        </Badge>
        {!readable && <AskFor wish={`read:${key}`} name={name} wishes={wishes} />}
      </Stack>
    </li>
  );
}

function isShown({ readable, writable }: Attribute, shown: Shown): boolean {
  return shown === 'all' || (readable || writable) === (shown === 'granted');
}

function fits(text: string, search: string): boolean {
  return text.toLowerCase().includes(search.trim().toLowerCase());
}
