import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSend } from '../graphql/outcome';
import { useConfirm } from '../layout/confirmation';
import { toast, toastProblem } from '../layout/toast';
import { useRights } from '../session/session';
import { DeleteIntegration, type ListedIntegration } from './integration.operations';
import classes from './integrations.module.css';

interface IntegrationCardProps {
  readonly integration: ListedIntegration;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

export function IntegrationCard({ integration, onEdit, onChanged }: IntegrationCardProps): React.JSX.Element {
  const { t } = useTranslation();
  const { manages } = useRights();
  const { id, name, category, website, builtIn, recommendedAttributes, recommendedModules } = integration;
  const modules = recommendedModules.filter(({ read, write }) => read || write);
  const isOwn = manages && !builtIn;
  return (
    <article className={classes.card}>
      <div>
        <Title order={2} size="h3">
          {name}
        </Title>
        <Text size="xs" c="dimmed">
          {category}
        </Text>
      </div>
      <Text size="sm" c="dimmed" className={classes.grow}>
        {modules.length + recommendedAttributes.length === 0
          ? t('integrations.noRecommendation')
          : t('integrations.recommends', {
              modules: modules.map(({ module }) => t(`module.${module}`)).join(', ') || '–',
              count: recommendedAttributes.length,
            })}
      </Text>
      <Group gap="md" mt={4}>
        <Anchor component={Link} to={`/settings/credentials?integration=${encodeURIComponent(id)}`} size="sm">
          {t('integrations.credentials')}
        </Anchor>
        {website !== null && /^https?:\/\//.test(website) && (
          <Anchor href={website} target="_blank" rel="noreferrer noopener" size="sm">
            {t('integrations.website')}
          </Anchor>
        )}
      </Group>
      {isOwn && (
        <Group gap="xs" mt="xs">
          <Button variant="default" size="xs" aria-label={t('integrations.editOf', { name })} onClick={onEdit}>
            {t('common.edit')}
          </Button>
          <Remove integration={integration} onChanged={onChanged} />
        </Group>
      )}
    </article>
  );
}

function Remove({
  integration,
  onChanged,
}: {
  readonly integration: ListedIntegration;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const send = useSend();
  const confirm = useConfirm();
  const { id, name } = integration;
  const remove = async (): Promise<void> => {
    const agreed = await confirm({
      title: t('integrations.deleteTitle', { name }),
      text: t('integrations.deleteText'),
      confirm: t('common.delete'),
      typed: name,
      isDestructive: true,
    });
    if (!agreed) return;
    const outcome = await send(DeleteIntegration, { id });
    if (!outcome.ok || outcome.data.deleteIntegration.userErrors.length > 0) {
      toastProblem(
        t('integrations.notDeleted'),
        t(outcome.ok ? 'integrations.inUse' : `problem.${outcome.problem}.text`),
      );
      return;
    }
    toast(t('integrations.deleted', { name }));
    onChanged();
  };
  return (
    <Button
      variant="default"
      size="xs"
      c="var(--text-bad)"
      aria-label={t('integrations.deleteOf', { name })}
      onClick={() => void remove()}
    >
      {t('common.delete')}
    </Button>
  );
}
