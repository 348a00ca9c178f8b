import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../graphql/outcome';
import { Icon } from './icon';

interface ProblemAlertProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
}

/** Says what went wrong and what can be done about it. */
export function ProblemAlert({ problem, onRetry }: ProblemAlertProps): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Alert
      role="alert"
      variant="light"
      color="red"
      icon={<Icon name="warning" />}
      title={t(`problem.${problem}.title`)}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t(`problem.${problem}.text`)}</Text>
        {onRetry && (
          <Group>
            <Button variant="default" size="xs" onClick={onRetry}>
              {t('common.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
