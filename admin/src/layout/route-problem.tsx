import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';

/** An address that leads nowhere, or a page that broke: after an update, the parts of the old one are gone. */
export function RouteProblem(): React.JSX.Element {
  const { t } = useTranslation();
  const isBroken = useRouteError() !== undefined;
  const kind = isBroken ? 'broken' : 'missing';
  return (
    <Center mih="60vh" p="md">
      <Stack align="center" gap="sm" maw="28rem" ta="center">
        <Title order={1}>{t(`layout.${kind}.title`)}</Title>
        <Text c="dimmed">{t(`layout.${kind}.text`)}</Text>
        {isBroken ? (
          <Button onClick={() => window.location.reload()}>{t('layout.reload')}</Button>
        ) : (
          <Button component={Link} to="/">
            {t('layout.home')}
          </Button>
        )}
      </Stack>
    </Center>
  );
}
