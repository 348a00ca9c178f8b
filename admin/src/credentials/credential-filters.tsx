import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import classes from './credential-filters.module.css';
import { MODULES } from './draft';
import type { CredentialChoices } from './use-choices';
import { ORDERS, STATUSES, type ListQueryState, type ListSettings } from './use-list-query';

interface CredentialFiltersProps {
  readonly state: ListQueryState;
  readonly choices: CredentialChoices | undefined;
  readonly total: number | undefined;
}

export function CredentialFilters({ state, choices, total }: CredentialFiltersProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const { settings, change } = state;
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={classes.filters} role="search" data-open={isOpen || undefined}>
      <SearchField value={settings.search} onChange={(search) => change({ search })} />
      <Button
        variant="default"
        className={classes.toggle}
        leftSection={<Icon name="sliders" size={16} />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('credentials.filters')}
      </Button>
      <Filter
        label={t('credentials.filter.status')}
        value={settings.status}
        data={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        onChange={(status) => change({ status })}
      />
      <Filter
        label={t('credentials.filter.integration')}
        value={settings.integrationId}
        data={(choices?.integrations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(integrationId) => change({ integrationId })}
      />
      <Filter
        label={t('credentials.filter.module')}
        value={settings.module}
        data={MODULES.map((module) => ({ value: module, label: t(`module.${module}`) }))}
        onChange={(module) => change({ module })}
      />
      <Filter
        label={t('credentials.filter.attribute')}
        value={settings.attribute}
        data={(choices?.catalogue ?? []).map(({ key, label }) => ({ value: key, label: format.label(label) }))}
        onChange={(attribute) => change({ attribute })}
      />
      <OrderSelect settings={settings} onChange={change} />
      <Group gap="sm" className={classes.count}>
        <Text size="sm" c="dimmed" aria-live="polite">
          {total === undefined ? '' : t('credentials.count', { count: total, formatted: format.number(total) })}
        </Text>
        {state.isFiltered && (
          <Button variant="subtle" size="compact-sm" onClick={state.clear}>
            {t('credentials.clearFilters')}
          </Button>
        )}
      </Group>
    </div>
  );
}

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 250);
  // The address changed from outside, by the back button or by clearing the filters.
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      type="search"
      className={classes.search}
      leftSection={<Icon name="search" size={16} />}
      aria-label={t('credentials.search')}
      placeholder={t('credentials.search')}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}

interface FilterProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly data: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value | null) => void;
}

function Filter<Value extends string>({ label, value, data, onChange }: FilterProps<Value>): React.JSX.Element {
  return (
    <NativeSelect
      className={classes.filter}
      aria-label={label}
      value={value ?? ''}
      data-set={value !== null || undefined}
      data={[{ value: '', label }, ...data]}
      onChange={({ currentTarget }) =>
        onChange(data.find((entry) => entry.value === currentTarget.value)?.value ?? null)
      }
    />
  );
}

interface OrderSelectProps {
  readonly settings: ListSettings;
  readonly onChange: (settings: Partial<ListSettings>) => void;
}

/** On a narrow screen, where there are no column heads to click. */
function OrderSelect({ settings, onChange }: OrderSelectProps): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <NativeSelect
      className={classes.order}
      aria-label={t('credentials.order')}
      value={settings.order}
      data={ORDERS.map((order) => ({ value: order, label: t(`credentials.orderBy.${order}`) }))}
      onChange={({ currentTarget }) => {
        const order = ORDERS.find((known) => known === currentTarget.value);
        if (order) onChange({ order, direction: order === 'NAME' ? 'ASC' : 'DESC' });
      }}
    />
  );
}
