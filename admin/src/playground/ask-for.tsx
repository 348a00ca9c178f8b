import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Wishes } from './use-wishes';
import { partsOf, type Wish } from './wishes';

interface AskForProps {
  readonly wish: Wish;
  /** What people call it, where that is not its name. */
  readonly name?: string;
  readonly wishes: Wishes;
}

/** Beside what is locked: puts it on the list of what to ask for, or says that an admin was asked already. */
export function AskFor({ wish, name, wishes }: AskForProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const isWanted = wishes.wanted.includes(wish);
  const { action, name: key } = partsOf(wish);
  if (wishes.asked.has(wish)) {
    return (
      <Text size="xs" c="var(--text-warn)">
        {t('permissions.asked')}
      </Text>
    );
  }
  return (
    <Button
      variant={isWanted ? 'filled' : 'default'}
      size="compact-xs"
      aria-pressed={isWanted}
      aria-label={t(`permissions.askFor.${action}`, { label: name ?? key })}
      onClick={() => wishes.toggle(wish)}
    >
      {t('permissions.ask')}
    </Button>
  );
}
