import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../graphql/graphql';
import { useSend, type Problem } from '../graphql/outcome';
import { fieldErrors } from '../graphql/user-errors';
import { LAST_DAY } from '../layout/day';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import { useRights } from '../session/session';

const SetFeature = graphql(`
  mutation SetFeature($input: SetFeatureInput!) {
    setFeature(input: $input) {
      settings {
        feature {
          active
        }
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

interface FeatureFormProps {
  readonly feature: {
    readonly enabled: boolean;
    readonly startsOn: string | null;
    readonly endsOn: string | null;
    readonly active: boolean;
  };
  readonly onSaved: () => void;
}

/** On or off, and in which weeks. */
export function FeatureForm({ feature, onSaved }: FeatureFormProps): React.JSX.Element {
  const { t } = useTranslation();
  const { owns } = useRights();
  const { form, problem, isBusy, submit } = useFeature(feature, onSaved);
  return (
    // The browser refuses half a date, which it would give us as none.
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        {problem && <ProblemAlert problem={problem} />}
        <Switch
          label={t('settings.featureLabel')}
          disabled={!owns}
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
        <Group align="flex-start">
          {(['startsOn', 'endsOn'] as const).map((name) => (
            <TextInput
              key={name}
              type="date"
              max={LAST_DAY}
              label={t(`settings.${name}`)}
              readOnly={!owns}
              {...form.getInputProps(name)}
            />
          ))}
        </Group>
        <Text size="sm" c="dimmed">
          {t(feature.active ? 'settings.featureActive' : 'settings.featureInactive')}
        </Text>
        {owns && (
          <Button type="submit" loading={isBusy} disabled={!form.isDirty()} style={{ alignSelf: 'flex-start' }}>
            {t('common.save')}
          </Button>
        )}
      </Stack>
    </form>
  );
}

function useFeature({ enabled, startsOn, endsOn }: FeatureFormProps['feature'], onSaved: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const form = useForm({ initialValues: { enabled, startsOn: startsOn ?? '', endsOn: endsOn ?? '' } });
  const submit = async (values: typeof form.values): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const input = { enabled: values.enabled, startsOn: values.startsOn || null, endsOn: values.endsOn || null };
    const outcome = await send(SetFeature, { input });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.problem);
      return;
    }
    const { userErrors } = outcome.data.setFeature;
    if (userErrors.length > 0) {
      form.setErrors(fieldErrors(userErrors, t));
      return;
    }
    form.resetDirty(values);
    toast(t('settings.saved'));
    onSaved();
  };
  return { form, problem, isBusy, submit };
}
