import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemIn, useSend } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { useConfirm } from '../layout/confirmation';
import { toast, toastProblem } from '../layout/toast';
import { useRights } from '../session/session';
import { RetireCustomAttribute, type ListedAttribute } from './attribute.operations';
import classes from './attribute-table.module.css';

interface AttributeTableProps {
  readonly attributes: readonly ListedAttribute[];
  readonly onEdit: (attribute: ListedAttribute) => void;
  readonly onChanged: () => void;
}

export function AttributeTable({ attributes, onEdit, onChanged }: AttributeTableProps): React.JSX.Element {
  const { t } = useTranslation();
  const { owns } = useRights();
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table horizontalSpacing="lg" verticalSpacing="xs" aria-label={t('attributes.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('attributes.name')}</Table.Th>
            <Table.Th scope="col">{t('attributes.type')}</Table.Th>
            <Table.Th scope="col">{t('attributes.category')}</Table.Th>
            <Table.Th scope="col">{t('attributes.sensitivity')}</Table.Th>
            {owns && (
              <Table.Th>
                <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attributes.map((attribute) => (
            <AttributeRow key={attribute.key} attribute={attribute} onEdit={onEdit} onChanged={onChanged} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface AttributeRowProps {
  readonly attribute: ListedAttribute;
  readonly onEdit: (attribute: ListedAttribute) => void;
  readonly onChanged: () => void;
}

function AttributeRow({ attribute, onEdit, onChanged }: AttributeRowProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const { owns } = useRights();
  const label = format.label(attribute.label);
  const isRetired = attribute.retiredAt !== null;
  return (
    <Table.Tr className={classes.row} data-retired={isRetired || undefined}>
      <Table.Th scope="row" fw={400}>
        <Text fw={500} size="sm">
          {label}
        </Text>
        <Text size="xs" c="dimmed" ff="monospace">
          {attribute.key}
        </Text>
      </Table.Th>
      <Table.Td>{t(`attributeType.${attribute.type}`)}</Table.Td>
      <Table.Td>{isRetired ? t('attributes.retired') : t(`category.${attribute.category}`)}</Table.Td>
      <Table.Td>
        <span className={classes.sensitivity} data-level={attribute.sensitivity}>
          {t(`sensitivity.${attribute.sensitivity}`)}
        </span>
      </Table.Td>
      {owns && (
        <Table.Td>
          {attribute.custom && !isRetired && (
            <Group gap="xs" justify="flex-end" wrap="nowrap">
              <Button
                variant="default"
                size="xs"
                aria-label={t('attributes.editOf', { name: label })}
                onClick={() => onEdit(attribute)}
              >
                {t('common.edit')}
              </Button>
              <Retire attribute={attribute} label={label} onChanged={onChanged} />
            </Group>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

interface RetireProps {
  readonly attribute: ListedAttribute;
  readonly label: string;
  readonly onChanged: () => void;
}

function Retire({ attribute, label, onChanged }: RetireProps): React.JSX.Element {
  const { t } = useTranslation();
  const send = useSend();
  const confirm = useConfirm();
  const retire = async (): Promise<void> => {
    const agreed = await confirm({
      title: t('attributes.retireTitle', { name: label }),
      text: t('attributes.retireText'),
      confirm: t('attributes.retire'),
      typed: label,
      isDestructive: true,
    });
    if (!agreed) return;
    const outcome = await send(RetireCustomAttribute, { key: attribute.key });
    if (!outcome.ok || outcome.data.retireCustomAttribute.userErrors.length > 0) {
      toastProblem(t('attributes.notRetired'), t(`problem.${problemIn(outcome)}.text`));
      return;
    }
    toast(t('attributes.isRetired', { name: label }));
    onChanged();
  };
  return (
    <Button
      variant="default"
      size="xs"
      c="var(--text-bad)"
      aria-label={t('attributes.retireOf', { name: label })}
      onClick={() => void retire()}
    >
      {t('attributes.retire')}
    </Button>
  );
}
