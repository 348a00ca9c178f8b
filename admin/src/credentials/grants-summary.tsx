import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { effective, type Draft } from './draft';
import type { CredentialChoices } from './use-choices';

interface GrantsSummaryProps {
  readonly draft: Draft;
  readonly choices: CredentialChoices | undefined;
}

/** "15 of 39 attributes, 3 sensitive": what saving would allow. */
export function GrantsSummary({ draft, choices }: GrantsSummaryProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  if (!choices) return <span />;
  const granted = new Set([...effective(draft, 'read'), ...effective(draft, 'write')]);
  const known = choices.catalogue.filter(({ key }) => granted.has(key));
  const sensitive = known.filter(({ sensitivity }) => sensitivity === 'HIGH').length;
  return (
    <Text size="sm" className="tabular" aria-live="polite" data-summary>
      {t('picker.summary', {
        count: known.length,
        chosen: format.number(known.length),
        all: format.number(choices.catalogue.length),
      })}
      {sensitive > 0 && (
        <Text span inherit c="var(--text-bad)" fw={500}>
          {', '}
          {t('credentials.sensitiveCount', { count: sensitive })}
        </Text>
      )}
    </Text>
  );
}
