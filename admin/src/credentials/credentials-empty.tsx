import { Button, Code, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '../layout/card';
import { Empty } from '../layout/empty';
import { useRights } from '../session/session';

/** For who sees the list for the first time: what a credential is, and the three steps to one. */
export function FirstCredential(): React.JSX.Element {
  const { t } = useTranslation();
  const { manages } = useRights();
  return (
    <Card>
      <Empty icon="key" title={t('credentials.first.title')} text={t('credentials.first.text')}>
        <Stack gap="lg" align="center" mt="md">
          <List type="ordered" size="sm" spacing={6} ta="left" maw="30rem">
            <List.Item>{t('credentials.first.step1')}</List.Item>
            <List.Item>{t('credentials.first.step2')}</List.Item>
            <List.Item>{t('credentials.first.step3')}</List.Item>
          </List>
          {manages && (
            <Button component={Link} to="new" size="md">
              {t('credentials.create')}
            </Button>
          )}
          <Text size="xs" c="dimmed">
            {t('credentials.first.endpoint')} <Code>POST {window.location.origin}/graphql</Code>
          </Text>
        </Stack>
      </Empty>
    </Card>
  );
}

export function NothingFound({ onClear }: { readonly onClear: () => void }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Card>
      <Empty icon="search" title={t('credentials.nothing.title')} text={t('credentials.nothing.text')}>
        <Button variant="default" mt="xs" onClick={onClear}>
          {t('credentials.clearFilters')}
        </Button>
      </Empty>
    </Card>
  );
}
