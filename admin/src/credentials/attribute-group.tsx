import { memo, useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import classes from './attribute-picker.module.css';
import type { CatalogueEntry } from './credential.operations';
import { withKeys, type AttributeKeys, type Direction, type Draft } from './draft';

interface AttributeGroupProps {
  readonly category: CatalogueEntry['category'];
  readonly entries: readonly CatalogueEntry[];
  readonly draft: Draft;
  readonly isDisabled: boolean;
  readonly change: (update: (draft: Draft) => Draft) => void;
}

type Toggle = (keys: readonly string[], on: boolean, direction: Direction | undefined) => void;

/** One category, with a box for all of it. */
export function AttributeGroup(props: AttributeGroupProps): React.JSX.Element | null {
  const { category, entries, draft, isDisabled, change } = props;
  const { t } = useTranslation();
  const id = useId();
  const toggle = useCallback<Toggle>(
    (keys, on, direction) => change((before) => withKeys(before, keys, on, direction)),
    [change],
  );
  if (entries.length === 0) return null;
  return (
    <div role="group" aria-labelledby={id} className={classes.group} data-disabled={isDisabled || undefined}>
      <div className={classes.head}>
        <span id={id} className={classes.category}>
          {t(`category.${category}`)}
        </span>
        {draft.isApart ? (
          <>
            <WholeGroup
              entries={entries}
              keys={draft.read}
              direction="read"
              toggle={toggle}
              category={category}
              isDisabled={isDisabled || !draft.modules.EMPLOYEES.read}
            />
            <WholeGroup
              entries={entries.filter(({ readOnly }) => !readOnly)}
              keys={draft.write}
              direction="write"
              toggle={toggle}
              category={category}
              isDisabled={isDisabled || !draft.modules.EMPLOYEES.write}
            />
          </>
        ) : (
          <WholeGroup entries={entries} keys={draft.read} toggle={toggle} category={category} isDisabled={isDisabled} />
        )}
      </div>
      <div className={draft.isApart ? classes.rows : classes.grid}>
        {entries.map((entry) =>
          draft.isApart ? (
            <ApartRow
              key={entry.key}
              entry={entry}
              read={draft.read.has(entry.key)}
              write={draft.write.has(entry.key)}
              canRead={!isDisabled && draft.modules.EMPLOYEES.read}
              canWrite={!isDisabled && draft.modules.EMPLOYEES.write}
              toggle={toggle}
            />
          ) : (
            <Item
              key={entry.key}
              entry={entry}
              on={draft.read.has(entry.key)}
              isDisabled={isDisabled}
              toggle={toggle}
            />
          ),
        )}
      </div>
    </div>
  );
}

interface WholeGroupProps {
  readonly category: CatalogueEntry['category'];
  readonly entries: readonly CatalogueEntry[];
  readonly keys: AttributeKeys;
  readonly direction?: Direction;
  readonly isDisabled: boolean;
  readonly toggle: Toggle;
}

function WholeGroup({ category, entries, keys, direction, isDisabled, toggle }: WholeGroupProps): React.JSX.Element {
  const { t } = useTranslation();
  const count = entries.filter(({ key }) => keys.has(key)).length;
  const isAll = count === entries.length && count > 0;
  const name = t('picker.wholeGroup', { group: t(`category.${category}`) });
  return (
    <label className={classes.whole}>
      <span className={classes.count}>
        {direction && <span className={classes.direction}>{t(`direction.${direction}`)} </span>}
        {t('picker.ofGroup', { count, all: entries.length })}
      </span>
      <input
        type="checkbox"
        aria-label={direction ? `${name}: ${t(`direction.${direction}`)}` : name}
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && !isAll;
        }}
        disabled={isDisabled || entries.length === 0}
        onChange={({ currentTarget }) =>
          toggle(
            entries.map(({ key }) => key),
            currentTarget.checked,
            direction,
          )
        }
      />
    </label>
  );
}

interface ItemProps {
  readonly entry: CatalogueEntry;
  readonly on: boolean;
  readonly isDisabled: boolean;
  readonly toggle: Toggle;
}

// Plain boxes: several hundred of the kit's take ten times as long to draw.
const Item = memo(function Item({ entry, on, isDisabled, toggle }: ItemProps): React.JSX.Element {
  return (
    <label className={classes.item}>
      <input
        type="checkbox"
        checked={on}
        disabled={isDisabled}
        onChange={({ currentTarget }) => toggle([entry.key], currentTarget.checked, undefined)}
      />
      <Name entry={entry} />
    </label>
  );
});

interface ApartRowProps {
  readonly entry: CatalogueEntry;
  readonly read: boolean;
  readonly write: boolean;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly toggle: Toggle;
}

const ApartRow = memo(function ApartRow({ entry, read, write, canRead, canWrite, toggle }: ApartRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = format.label(entry.label);
  return (
    <div className={classes.apart}>
      <Name entry={entry} />
      <input
        type="checkbox"
        aria-label={`${label}: ${t('direction.read')}`}
        checked={read}
        disabled={!canRead}
        onChange={({ currentTarget }) => toggle([entry.key], currentTarget.checked, 'read')}
      />
      <input
        type="checkbox"
        aria-label={`${label}: ${t('direction.write')}`}
        checked={write && !entry.readOnly}
        disabled={!canWrite || entry.readOnly}
        onChange={({ currentTarget }) => toggle([entry.key], currentTarget.checked, 'write')}
      />
    </div>
  );
});

function Name({ entry }: { readonly entry: CatalogueEntry }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={classes.name} title={entry.key}>
      {format.label(entry.label)}
      {entry.sensitivity === 'HIGH' && (
        <span className={classes.sensitive}>
          <Icon name="shield" size={13} />
          {t('picker.sensitive')}
        </span>
      )}
    </span>
  );
}
