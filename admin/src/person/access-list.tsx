import { Alert, Anchor, Skeleton, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { Empty } from '../layout/empty';
import { Icon } from '../layout/icon';
import { AttributeLabels, type PersonAccess } from './person.operations';
import classes from './person.module.css';
import { ReadDays } from './read-days';

type Access = PersonAccess['accesses'][number];

/** What was read, credential by credential. */
export function AccessList({ accesses, isCut }: Pick<PersonAccess, 'accesses' | 'isCut'>): React.JSX.Element {
  const { t } = useTranslation();
  const label = useLabels();
  const byCredential = new Map<string, Access[]>();
  for (const access of accesses) {
    byCredential.set(access.credentialId, [...(byCredential.get(access.credentialId) ?? []), access]);
  }
  if (accesses.length === 0) return <Empty icon="eyeOff" title={t('person.noneTitle')} text={t('person.noneText')} />;
  if (!label) return <Skeleton height={240} />;
  return (
    <>
      {[...byCredential].map(([id, rows]) => (
        <div key={id} className={classes.part}>
          <AccessOfCredential id={id} name={rows[0]?.credentialName ?? null} rows={rows} label={label} />
        </div>
      ))}
      {isCut && (
        <Alert color="gray" variant="light" icon={<Icon name="warning" />} title={t('person.cutTitle')}>
          {t('person.cutText')}
        </Alert>
      )}
    </>
  );
}

interface AccessOfCredentialProps {
  readonly id: string;
  /** Null for a credential that was deleted since. */
  readonly name: string | null;
  readonly rows: readonly Access[];
  readonly label: (key: string) => string;
}

function AccessOfCredential({ id, name, rows, label }: AccessOfCredentialProps): React.JSX.Element {
  const { t } = useTranslation();
  const title =
    name === null ? (
      t('person.deleted', { id })
    ) : (
      <Anchor component={Link} to={`/settings/credentials/${id}`} inherit>
        {name}
      </Anchor>
    );
  return (
    <Card title={title} flush>
      <Table horizontalSpacing="lg" className={classes.reads}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('record.attribute')}</Table.Th>
            <Table.Th scope="col">{t('person.days')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ attribute, days }) => (
            <Table.Tr key={attribute}>
              <Table.Th scope="row" fw={500}>
                {label(attribute)}
              </Table.Th>
              <Table.Td>
                <ReadDays days={days} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

/** What people call an attribute, or its key where that is not told; undefined until it is there. */
function useLabels(): ((key: string) => string) | undefined {
  const format = useFormat();
  const [{ data, error }] = useQuery({ query: AttributeLabels, requestPolicy: 'cache-first' });
  if (!data && !error) return undefined;
  const labels = new Map(data?.catalogue.map(({ key, label }) => [key, label]));
  return (key) => {
    const label = labels.get(key);
    return label ? format.label(label) : key;
  };
}
