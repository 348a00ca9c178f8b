import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { Sparkline } from './sparkline';

const RecentCredentials = graphql(`
  query RecentCredentials($days: Int!) {
    credentials(first: 50, orderBy: { field: LAST_USED_AT, direction: DESC }) {
      nodes {
        id
        name
        lastUsedAt
        usage(days: $days) {
          days {
            requests
            denials
          }
        }
      }
    }
  }
`);

const SHOWN = 10;

/** Who asks most, among those that asked last. */
export function BusiestCredentials({ days }: { readonly days: number }): React.JSX.Element | null {
  const { t } = useTranslation();
  const format = useFormat();
  const [{ data }] = useQuery({ query: RecentCredentials, variables: { days } });
  const rows = (data?.credentials.nodes ?? [])
    .map((credential) => ({
      ...credential,
      requests: credential.usage.days.reduce((total, day) => total + day.requests, 0),
      denials: credential.usage.days.reduce((total, day) => total + day.denials, 0),
    }))
    .filter(({ requests, denials }) => requests + denials > 0)
    .sort((one, other) => other.requests - one.requests)
    .slice(0, SHOWN);
  if (rows.length === 0) return null;
  return (
    <Card title={t('usage.busiest')} flush>
      <Table.ScrollContainer minWidth={480}>
        <Table horizontalSpacing="lg" verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('credentials.column.NAME')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('usage.requests')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {t('usage.denials')}
              </Table.Th>
              <Table.Th scope="col">{t('usage.course')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="tabular">
            {rows.map(({ id, name, requests, denials, usage }) => (
              <Table.Tr key={id}>
                <Table.Th scope="row" fw={500}>
                  <Anchor component={Link} to={`/settings/credentials/${id}`} size="sm">
                    {name}
                  </Anchor>
                </Table.Th>
                <Table.Td ta="right">{format.number(requests)}</Table.Td>
                <Table.Td ta="right">
                  <Text span size="sm" {...(denials > 0 ? { c: 'var(--text-bad)' } : {})}>
                    {format.number(denials)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Sparkline values={usage.days.slice(-30).map((day) => day.requests)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
