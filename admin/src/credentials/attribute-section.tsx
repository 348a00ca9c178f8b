import { Alert, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../layout/problem';
import { AttributePicker } from './attribute-picker';
import { toldApart, usesAttributes } from './draft';
import { Section, type SectionProps } from './section';
import { useMissingChoices } from './use-choices';

export function AttributeSection(props: SectionProps): React.JSX.Element {
  const { t } = useTranslation();
  const { draft, change, choices, isReadOnly, errors } = props;
  const { read, write } = draft.modules.EMPLOYEES;
  // Hundreds of boxes come after the rest of the drawer, which need not wait for them.
  const isReady = useDeferredValue(true, false);
  const canTellApart = (read && write) || draft.isApart;
  return (
    <Section title={t('picker.title')} text={t('picker.text')}>
      <Stack gap="sm">
        {errors['grants'] !== undefined && (
          <Text role="alert" tabIndex={-1} data-refused size="sm" c="var(--text-bad)">
            {errors['grants']}
          </Text>
        )}
        {!usesAttributes(draft) && (
          <Alert color="gray" variant="light">
            {t('picker.needsModule')}
          </Alert>
        )}
        {canTellApart && (
          <Switch
            size="sm"
            label={t('picker.apart')}
            description={t('picker.apartText')}
            checked={draft.isApart}
            disabled={isReadOnly}
            onChange={({ currentTarget: { checked } }) => change((before) => toldApart(before, checked))}
          />
        )}
        {choices && isReady ? (
          <AttributePicker
            catalogue={choices.catalogue}
            draft={draft}
            change={change}
            isDisabled={isReadOnly || !usesAttributes(draft)}
          />
        ) : (
          <NoChoices />
        )}
      </Stack>
    </Section>
  );
}

function NoChoices(): React.JSX.Element {
  const { problem, retry } = useMissingChoices();
  return problem ? <ProblemAlert problem={problem} onRetry={retry} /> : <Skeleton height={240} />;
}
