import { Autocomplete, Button, Checkbox, Group, Modal, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VariablesOf } from '../graphql/graphql';
import { useSend, type Problem } from '../graphql/outcome';
import { fieldErrors } from '../graphql/user-errors';
import { useFormat } from '../i18n/use-format';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import { useCloseInFront } from '../layout/use-close-in-front';
import { useFocusBack } from '../layout/use-focus-back';
import {
  CreateIntegration,
  UpdateIntegration,
  type AttributeChoice,
  type ListedIntegration,
} from './integration.operations';

interface IntegrationModalProps {
  readonly integration: ListedIntegration | undefined;
  readonly attributes: readonly AttributeChoice[];
  readonly categories: readonly string[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const BOXES = [
  ['EMPLOYEES', 'read'],
  ['EMPLOYEES', 'write'],
  ['ABSENCES', 'read'],
  ['ABSENCES', 'write'],
  ['ATTENDANCES', 'read'],
  ['ATTENDANCES', 'write'],
] as const;

/** An integration of one's own: what it is, and what its credentials should usually get. */
export function IntegrationModal(props: IntegrationModalProps): React.JSX.Element {
  useFocusBack();
  const { t } = useTranslation();
  const format = useFormat();
  const { integration, attributes, categories, onClose } = props;
  const { form, problem, isBusy, submit } = useIntegrationForm(props);
  return (
    <Modal
      opened
      size="lg"
      {...useCloseInFront(onClose)}
      title={t(integration ? 'integrations.editTitle' : 'integrations.create')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack>
          {problem && <ProblemAlert problem={problem} />}
          <TextInput label={t('integrations.name')} required data-autofocus {...form.getInputProps('name')} />
          <Autocomplete
            label={t('integrations.category')}
            required
            data={[...categories]}
            {...form.getInputProps('category')}
          />
          <TextInput
            label={t('integrations.website')}
            type="url"
            placeholder="https://"
            {...form.getInputProps('website')}
          />
          <Checkbox.Group label={t('integrations.recommendedModules')} {...form.getInputProps('boxes')}>
            <Group mt={6} gap="sm">
              {BOXES.map(([module, direction]) => (
                <Checkbox
                  key={`${module} ${direction}`}
                  value={`${module} ${direction}`}
                  label={`${t(`module.${module}`)}: ${t(`direction.${direction}`)}`}
                />
              ))}
            </Group>
          </Checkbox.Group>
          <MultiSelect
            label={t('integrations.recommendedAttributes')}
            searchable
            limit={200}
            data={attributes.map(({ key, label }) => ({ value: key, label: format.label(label) }))}
            {...form.getInputProps('recommendedAttributes')}
          />
          <Text size="sm" c="dimmed">
            {t('integrations.informative')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useIntegrationForm({ integration, onClose, onSaved }: IntegrationModalProps) {
  const { t } = useTranslation();
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const form = useForm({
    initialValues: {
      name: integration?.name ?? '',
      category: integration?.category ?? '',
      website: integration?.website ?? '',
      boxes: boxesOf(integration),
      recommendedAttributes: [...(integration?.recommendedAttributes ?? [])],
    },
  });
  const submit = async ({ boxes, website, ...rest }: typeof form.values): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const input = { ...rest, website: website.trim() || null, recommendedModules: modulesOf(boxes) };
    const result = await save(input);
    setBusy(false);
    if (typeof result === 'string') {
      setProblem(result);
      return;
    }
    if (result.length > 0) {
      form.setErrors(fieldErrors(result, t));
      return;
    }
    toast(t('integrations.saved', { name: rest.name }));
    onSaved();
    onClose();
  };
  const save = async (input: VariablesOf<typeof CreateIntegration>['input']) => {
    if (integration) {
      const outcome = await send(UpdateIntegration, { id: integration.id, input });
      return outcome.ok ? outcome.data.updateIntegration.userErrors : outcome.problem;
    }
    const outcome = await send(CreateIntegration, { input });
    return outcome.ok ? outcome.data.createIntegration.userErrors : outcome.problem;
  };
  return { form, problem, isBusy, submit };
}

function boxesOf(integration: ListedIntegration | undefined): string[] {
  return (integration?.recommendedModules ?? []).flatMap(({ module, read, write }) => [
    ...(read ? [`${module} read`] : []),
    ...(write ? [`${module} write`] : []),
  ]);
}

function modulesOf(boxes: readonly string[]) {
  return (['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'] as const).map((module) => ({
    module,
    read: boxes.includes(`${module} read`),
    write: boxes.includes(`${module} write`),
  }));
}
