import { Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import { AttributeGroup } from './attribute-group';
import classes from './attribute-picker.module.css';
import type { CatalogueEntry } from './credential.operations';
import { chosen, withKeys, type Draft } from './draft';

const CATEGORIES = ['PERSONAL', 'EMPLOYMENT', 'COMPENSATION', 'TIME', 'CUSTOM'] as const;
const VIEWS = ['all', 'chosen', 'sensitive'] as const;
type View = (typeof VIEWS)[number];

interface AttributePickerProps {
  readonly catalogue: readonly CatalogueEntry[];
  readonly draft: Draft;
  readonly isDisabled: boolean;
  readonly change: (update: (draft: Draft) => Draft) => void;
}

/** By group, with a search; made for hundreds. */
export function AttributePicker({ catalogue, draft, isDisabled, change }: AttributePickerProps): React.JSX.Element {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [view, setView] = useState<View>('all');
  const found = useFound(catalogue, useDeferredValue(search), view, draft);
  const keys = found.map(({ key }) => key);
  return (
    <div className={classes.picker}>
      <Group gap="xs" className={classes.tools}>
        <TextInput
          type="search"
          className={classes.search}
          leftSection={<Icon name="search" size={16} />}
          aria-label={t('picker.search')}
          placeholder={t('picker.search')}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          // Enter in a search is no wish to save.
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('picker.view')}
          value={view}
          onChange={(value) => setView(VIEWS.find((known) => known === value) ?? 'all')}
          data={VIEWS.map((value) => ({ value, label: t(`picker.views.${value}`) }))}
        />
        {!isDisabled && (
          <Group gap={4} ml="auto">
            <Button variant="subtle" size="compact-xs" onClick={() => change((before) => withKeys(before, keys, true))}>
              {t(search === '' && view === 'all' ? 'picker.selectAll' : 'picker.selectFound')}
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => change((before) => withKeys(before, keys, false))}
            >
              {t('picker.selectNone')}
            </Button>
          </Group>
        )}
      </Group>
      <Text className={classes.found} aria-live="polite">
        {search === '' ? '' : t('picker.found', { count: found.length })}
      </Text>
      {found.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          {t(view === 'chosen' && search === '' ? 'picker.noneChosen' : 'common.nothingFound')}
        </Text>
      )}
      {CATEGORIES.map((category) => (
        <AttributeGroup
          key={category}
          category={category}
          entries={found.filter((entry) => entry.category === category)}
          draft={draft}
          isDisabled={isDisabled}
          change={change}
        />
      ))}
    </div>
  );
}

function useFound(catalogue: readonly CatalogueEntry[], search: string, view: View, draft: Draft) {
  const format = useFormat();
  // What is deselected in the view of the chosen ones stays in sight until the view changes.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const shown = useMemo(() => (view === 'chosen' ? chosen(draft) : undefined), [view]);
  return useMemo(() => {
    const words = search.trim().toLowerCase();
    return catalogue.filter(
      (entry) =>
        (words === '' || `${format.label(entry.label)} ${entry.key}`.toLowerCase().includes(words)) &&
        (!shown || shown.has(entry.key)) &&
        (view !== 'sensitive' || entry.sensitivity === 'HIGH'),
    );
  }, [catalogue, search, view, shown, format]);
}
