import { Skeleton, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { problemOf, useSend } from '../graphql/outcome';
import { useConfirm } from '../layout/confirmation';
import { Card } from '../layout/card';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { toast, toastProblem } from '../layout/toast';
import { useRights } from '../session/session';
import { FeatureForm } from './feature-form';

const CurrentSettings = graphql(`
  query CurrentSettings {
    settings {
      showOnce
      feature {
        enabled
        startsOn
        endsOn
        active
      }
    }
  }
`);

const SetShowOnce = graphql(`
  mutation SetShowOnce($showOnce: Boolean!) {
    setShowOnce(showOnce: $showOnce) {
      settings {
        showOnce
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** What holds for the whole gateway. */
export function SettingsPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { owns } = useRights();
  const [{ data, error }, again] = useQuery({ query: CurrentSettings, requestPolicy: 'network-only' });
  const reload = (): void => again({ requestPolicy: 'network-only' });
  return (
    <Page title={t('settings.title')} text={t(owns ? 'settings.text' : 'settings.onlyOwners')} width="NARROW">
      {error && <ProblemAlert problem={problemOf(error)} onRetry={reload} />}
      {!data && !error && <Skeleton height={240} />}
      {data && (
        <>
          <Card title={t('settings.showOnce')} text={t('settings.showOnceText')}>
            <ShowOnce showOnce={data.settings.showOnce} onChanged={reload} />
          </Card>
          <Card title={t('settings.feature')} text={t('settings.featureText')}>
            <FeatureForm feature={data.settings.feature} onSaved={reload} />
          </Card>
        </>
      )}
    </Page>
  );
}

function ShowOnce({
  showOnce,
  onChanged,
}: {
  readonly showOnce: boolean;
  readonly onChanged: () => void;
}): React.JSX.Element {
  const { t } = useTranslation();
  const { owns } = useRights();
  const send = useSend();
  const confirm = useConfirm();
  const change = async (wanted: boolean): Promise<void> => {
    const question = {
      title: t('settings.showOnceTitle'),
      text: t('settings.showOnceWarning'),
      confirm: t('settings.showOnceConfirm'),
      isDestructive: true,
    };
    if (wanted && !(await confirm(question))) return;
    const outcome = await send(SetShowOnce, { showOnce: wanted });
    if (!outcome.ok) {
      toastProblem(t('settings.notSaved'), t(`problem.${outcome.problem}.text`));
      return;
    }
    toast(t('settings.saved'));
    onChanged();
  };
  return (
    <Switch
      label={t('settings.showOnceLabel')}
      checked={showOnce}
      disabled={!owns}
      onChange={({ currentTarget }) => void change(currentTarget.checked)}
    />
  );
}
