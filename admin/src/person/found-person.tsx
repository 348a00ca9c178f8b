import { Button, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problemOf } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { Empty } from '../layout/empty';
import { ProblemAlert } from '../layout/problem';
import { useRights } from '../session/session';
import { AccessList } from './access-list';
import classes from './person.module.css';
import { AccessToPerson, type Erased, type PersonAccess } from './person.operations';
import { useErasure } from './use-erasure';

interface FoundPersonProps {
  readonly employeeId: string;
  readonly onErased: (erased: Erased) => void;
}

/** Who may have read a person’s attributes, and the button that erases them. */
export function FoundPerson({ employeeId, onErased }: FoundPersonProps): React.JSX.Element {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({
    query: AccessToPerson,
    variables: { employeeId },
    requestPolicy: 'network-only',
  });
  const load = (): void => again({ requestPolicy: 'network-only' });
  const problem = error && problemOf(error);
  if (problem === 'NOT_FOUND') {
    return <Empty icon="person" title={t('person.nobodyTitle')} text={t('person.nobodyText')} />;
  }
  if (problem) return <ProblemAlert problem={problem} onRetry={load} />;
  if (!data) return <Skeleton height={240} />;
  return (
    <>
      <Summary employeeId={employeeId} access={data.personAccess} onErased={onErased} onGone={load} />
      <AccessList {...data.personAccess} />
    </>
  );
}

interface SummaryProps extends FoundPersonProps {
  readonly access: PersonAccess;
  readonly onGone: () => void;
}

function Summary({ employeeId, access, onErased, onGone }: SummaryProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const { owns } = useRights();
  const { isBusy, erase } = useErasure(employeeId, onErased, onGone);
  return (
    <div className={classes.part}>
      <Card
        title={t('person.found', { id: employeeId })}
        actions={
          owns && (
            <Button
              className={classes.screen}
              variant="default"
              c="var(--text-bad)"
              loading={isBusy}
              onClick={() => void erase()}
            >
              {t('person.erase')}
            </Button>
          )
        }
      >
        <Text size="sm" fw={600} mb="xs">
          {t('person.span', { span: format.period(access.from, access.to) })}
        </Text>
        <Text size="sm">{t('person.note')}</Text>
        {!owns && (
          <Text size="sm" c="dimmed" mt="xs" className={classes.screen}>
            {t('person.onlyOwners')}
          </Text>
        )}
      </Card>
    </div>
  );
}
