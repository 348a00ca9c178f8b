import { Button, Group, Modal, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend, type Problem } from '../graphql/outcome';
import { fieldErrors } from '../graphql/user-errors';
import { useFormat } from '../i18n/use-format';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import { useCloseInFront } from '../layout/use-close-in-front';
import { useFocusBack } from '../layout/use-focus-back';
import { attributeName } from './attribute-name';
import { CreateCustomAttribute, UpdateCustomAttribute, type ListedAttribute } from './attribute.operations';

interface AttributeModalProps {
  readonly attribute: ListedAttribute | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const TYPES = ['TEXT', 'MULTILINE', 'INTEGER', 'DECIMAL', 'DATE', 'BOOLEAN', 'LINK', 'LIST', 'TAGS'] as const;
const SENSITIVITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;

/** Adds a custom attribute, or changes how it is called; its key stays, because integrations use it. */
export function AttributeModal({ attribute, onClose, onSaved }: AttributeModalProps): React.JSX.Element {
  useFocusBack();
  const { t } = useTranslation();
  const { form, problem, isBusy, submit } = useAttributeForm(attribute, onClose, onSaved);
  const takesOptions = form.values.type === 'LIST' || form.values.type === 'TAGS';
  return (
    <Modal
      opened
      size="lg"
      {...useCloseInFront(onClose)}
      title={t(attribute ? 'attributes.editTitle' : 'attributes.create')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack>
          {problem && <ProblemAlert problem={problem} />}
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              label={t('attributes.labelEn')}
              required
              data-autofocus
              {...form.getInputProps('labelEn')}
              onChange={(event) => {
                const labelEn = event.currentTarget.value;
                const isUntouched = form.values.name === attributeName(form.values.labelEn);
                form.setValues({ labelEn, ...(attribute || !isUntouched ? {} : { name: attributeName(labelEn) }) });
              }}
            />
            <TextInput label={t('attributes.labelDe')} required {...form.getInputProps('labelDe')} />
          </SimpleGrid>
          <TextInput
            label={t('attributes.key')}
            description={t(attribute ? 'attributes.keyStays' : 'attributes.keyHint')}
            required
            readOnly={attribute !== undefined}
            leftSection="custom."
            leftSectionWidth={68}
            {...form.getInputProps('name')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('attributes.type')}
              allowDeselect={false}
              readOnly={attribute !== undefined}
              data={TYPES.map((value) => ({ value, label: t(`attributeType.${value}`) }))}
              {...form.getInputProps('type')}
            />
            <Select
              label={t('attributes.sensitivity')}
              allowDeselect={false}
              data={SENSITIVITIES.map((value) => ({ value, label: t(`sensitivity.${value}`) }))}
              {...form.getInputProps('sensitivity')}
            />
          </SimpleGrid>
          {takesOptions && (
            <TagsInput
              label={t('attributes.options')}
              description={t('attributes.optionsHint')}
              {...form.getInputProps('options')}
            />
          )}
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

function useAttributeForm(attribute: ListedAttribute | undefined, onClose: () => void, onSaved: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const form = useForm({
    initialValues: {
      name: attribute?.key.replace(/^custom\./, '') ?? '',
      labelEn: attribute?.label.en ?? '',
      labelDe: attribute?.label.de ?? '',
      type: attribute?.type ?? ('TEXT' as const),
      sensitivity: attribute?.sensitivity ?? ('MEDIUM' as const),
      options: [...(attribute?.options ?? [])],
    },
  });
  const save = async ({ name, type, ...rest }: typeof form.values) => {
    const options = type === 'LIST' || type === 'TAGS' ? rest.options : [];
    if (attribute) {
      const outcome = await send(UpdateCustomAttribute, { key: attribute.key, input: { ...rest, options } });
      return outcome.ok ? outcome.data.updateCustomAttribute.userErrors : outcome.problem;
    }
    const outcome = await send(CreateCustomAttribute, { input: { ...rest, name, type, options } });
    return outcome.ok ? outcome.data.createCustomAttribute.userErrors : outcome.problem;
  };
  const submit = async (values: typeof form.values): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const result = await save(values);
    setBusy(false);
    if (typeof result === 'string') {
      setProblem(result);
      return;
    }
    if (result.length > 0) {
      form.setErrors(fieldErrors(result, t));
      return;
    }
    toast(t('attributes.saved', { name: format.label({ en: values.labelEn, de: values.labelDe }) }));
    onSaved();
    onClose();
  };
  return { form, problem, isBusy, submit };
}
