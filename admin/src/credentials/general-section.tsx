import { Button, SimpleGrid, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../layout/icon';
import { withRecommendation, type Draft } from './draft';
import { Section, type SectionProps } from './section';

interface GeneralSectionProps extends SectionProps {
  readonly isNew: boolean;
}

type TextField = 'name' | 'description' | 'ownerContact' | 'purpose';

export function GeneralSection({
  draft,
  change,
  errors,
  isReadOnly,
  choices,
  isNew,
}: GeneralSectionProps): React.JSX.Element {
  const { t } = useTranslation();
  const field = (name: TextField) => ({
    label: t(`credential.field.${name}`),
    value: draft[name],
    error: errors[name],
    readOnly: isReadOnly,
    onChange: ({ currentTarget: { value } }: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      change((before) => ({ ...before, [name]: value })),
  });
  return (
    <Section title={t('credential.general')}>
      <Stack>
        <TextInput
          {...field('name')}
          description={t('credential.nameHint')}
          required
          maxLength={200}
          {...(isNew ? { 'data-autofocus': true } : {})}
        />
        <Integration draft={draft} change={change} choices={choices} isReadOnly={isReadOnly} errors={errors} />
        <Textarea {...field('description')} autosize minRows={2} maxRows={6} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput {...field('ownerContact')} placeholder={t('credential.ownerPlaceholder')} />
          <TextInput {...field('purpose')} placeholder={t('credential.purposePlaceholder')} />
        </SimpleGrid>
      </Stack>
    </Section>
  );
}

function Integration({ draft, change, choices, isReadOnly, errors }: SectionProps): React.JSX.Element {
  const { t } = useTranslation();
  const integrations = choices?.integrations ?? [];
  const categories = [...new Set(integrations.map(({ category }) => category))];
  const chosen = integrations.find(({ id }) => id === draft.integrationId);
  const hasRecommendation = chosen && chosen.recommendedAttributes.length + chosen.recommendedModules.length > 0;
  return (
    <div>
      <Select
        label={t('credential.field.integrationId')}
        description={t('credential.integrationHint')}
        placeholder={t('credential.integrationNone')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('common.clearWhat', { what: t('credential.field.integrationId') }) }}
        readOnly={isReadOnly}
        value={draft.integrationId}
        error={errors['integrationId']}
        // Its choices would cover what was refused.
        openOnFocus={false}
        nothingFoundMessage={t('common.nothingFound')}
        data={categories.map((group) => ({
          group,
          items: integrations
            .filter(({ category }) => category === group)
            .map(({ id, name }) => ({ value: id, label: name })),
        }))}
        onChange={(integrationId) => change((before): Draft => ({ ...before, integrationId }))}
      />
      {chosen && hasRecommendation && choices && !isReadOnly && (
        <Stack gap={2} mt={8} align="flex-start">
          <Button
            variant="light"
            size="xs"
            leftSection={<Icon name="spark" size={15} />}
            onClick={() => change((before) => withRecommendation(before, chosen, new Set(choices.byKey.keys())))}
          >
            {t('credential.useRecommended')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('credential.recommends', { count: chosen.recommendedAttributes.length, name: chosen.name })}
          </Text>
        </Stack>
      )}
    </div>
  );
}
