import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import type { ProcessingEntry } from './record.operations';
import classes from './record.module.css';

/** One credential as the record tells it. What is missing is said, because somebody should fill it in. */
export function RecordEntry({ entry }: { readonly entry: ProcessingEntry }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const modules = entry.modules.flatMap(({ module, read, write }) => {
    const directions = [...(read ? [t('direction.read')] : []), ...(write ? [t('direction.write')] : [])];
    return directions.length > 0 ? [`${t(`module.${module}`)} (${directions.join(', ')})`] : [];
  });
  const facts = [
    [t('credential.field.purpose'), entry.purpose],
    [t('credential.field.ownerContact'), entry.owner],
    [t('credential.field.integrationId'), entry.integration],
    [t('record.modules'), modules.length > 0 ? format.list(modules) : null],
    [t('record.lastUsed'), entry.lastUsedAt === null ? t('record.never') : format.dateTime(entry.lastUsedAt)],
  ] as const;
  return (
    <div className={classes.entry}>
      <Card title={entry.name} {...(entry.enabled ? {} : { text: t('status.DISABLED') })}>
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value ?? t('record.notGiven')}</dd>
            </div>
          ))}
        </dl>
        {entry.attributes.length === 0 ? (
          <Text size="sm">{t('record.noAttributes')}</Text>
        ) : (
          <Attributes attributes={entry.attributes} />
        )}
      </Card>
    </div>
  );
}

function Attributes({ attributes }: Pick<ProcessingEntry, 'attributes'>): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('record.attribute')}</Table.Th>
            <Table.Th scope="col">{t('attributes.sensitivity')}</Table.Th>
            <Table.Th scope="col">{t('record.may')}</Table.Th>
            <Table.Th scope="col">{t('record.lastRead')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attributes.map(({ key, label, sensitivity, read, write, lastReadOn }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" fw={500}>
                {label ? format.label(label) : key}
              </Table.Th>
              <Table.Td>{sensitivity ? t(`sensitivity.${sensitivity}`) : '–'}</Table.Td>
              <Table.Td>
                {[...(read ? [t('direction.read')] : []), ...(write ? [t('direction.write')] : [])].join(', ') ||
                  t('record.noLonger')}
              </Table.Td>
              <Table.Td>{lastReadOn === null ? t('record.never') : format.date(lastReadOn)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
