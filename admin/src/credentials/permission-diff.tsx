import { Stack, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { UsageOfCredential, type Credential } from './credential.operations';
import { effective, MODULES, sameGrants, type Direction, type Draft } from './draft';
import { keysChanged } from './merge';
import classes from './permission-diff.module.css';
import type { CredentialChoices } from './use-choices';

/** How often each attribute was read in the last days, by key. */
export type Reads = ReadonlyMap<string, number>;

const DAYS = 7;
const DIRECTIONS: readonly Direction[] = ['read', 'write'];

/** Whether saving would change what an integration that is at work may do. */
export function weighsPermissions(credential: Credential, before: Draft, after: Draft): boolean {
  return credential.lastUsedAt !== null && !sameGrants(before, after);
}

export function useReads(): (id: string) => Promise<Reads> {
  const ask = useAsk();
  return useCallback(
    async (id) => {
      const outcome = await ask(UsageOfCredential, { id, days: DAYS });
      const attributes = outcome.ok ? (outcome.data.credential?.usage.attributes ?? []) : [];
      return new Map(attributes.map(({ key, reads }) => [key, reads]));
    },
    [ask],
  );
}

interface PermissionDiffProps {
  readonly before: Draft;
  readonly after: Draft;
  readonly reads: Reads;
  readonly choices: CredentialChoices;
}

/** What saving gives and takes, and what is taken although it is in use. */
export function PermissionDiff({ before, after, reads, choices }: PermissionDiffProps): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Text size="sm">{t('diff.text')}</Text>
      <ModuleChanges before={before} after={after} />
      {DIRECTIONS.map((direction) => (
        <Changes
          key={direction}
          direction={direction}
          change={keysChanged(effective(before, direction), effective(after, direction))}
          reads={reads}
          choices={choices}
        />
      ))}
    </Stack>
  );
}

function ModuleChanges({ before, after }: { readonly before: Draft; readonly after: Draft }): React.JSX.Element | null {
  const { t } = useTranslation();
  const changed = MODULES.flatMap((module) =>
    DIRECTIONS.filter((direction) => before.modules[module][direction] !== after.modules[module][direction]).map(
      (direction) => ({ module, direction, on: after.modules[module][direction] }),
    ),
  );
  if (changed.length === 0) return null;
  return (
    <ul className={classes.list}>
      {changed.map(({ module, direction, on }) => (
        <li key={`${module} ${direction}`} data-change={on ? 'added' : 'removed'}>
          {t(`module.${module}`)}: {t(`direction.${direction}`)}
        </li>
      ))}
    </ul>
  );
}

interface ChangesProps {
  readonly direction: Direction;
  readonly change: ReturnType<typeof keysChanged>;
  readonly reads: Reads;
  readonly choices: CredentialChoices;
}

function Changes({ direction, change, reads, choices }: ChangesProps): React.JSX.Element | null {
  const { t } = useTranslation();
  const format = useFormat();
  const label = (key: string): string => {
    const entry = choices.byKey.get(key);
    return entry ? format.label(entry.label) : key;
  };
  const byReads = [...change.removed].sort((one, other) => (reads.get(other) ?? 0) - (reads.get(one) ?? 0));
  if (change.added.length + change.removed.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t(`diff.${direction}`)}
      </Text>
      <ul className={classes.list}>
        {byReads.map((key) => (
          <li key={key} data-change="removed">
            {label(key)}
            {direction === 'read' && (reads.get(key) ?? 0) > 0 && (
              <b> {t('diff.reads', { count: reads.get(key) ?? 0, formatted: format.number(reads.get(key) ?? 0) })}</b>
            )}
          </li>
        ))}
        {change.added.map((key) => (
          <li key={key} data-change="added">
            {label(key)}
          </li>
        ))}
      </ul>
    </div>
  );
}
