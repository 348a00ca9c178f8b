import { Button, Rating, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { problemOf, useSend, type Problem } from '../graphql/outcome';
import { fieldErrors } from '../graphql/user-errors';
import { useFormat } from '../i18n/use-format';
import { Card } from '../layout/card';
import { Page } from '../layout/page';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import classes from './feedback.module.css';

const GivenFeedback = graphql(`
  query GivenFeedback {
    feedback(first: 50) {
      totalCount
      nodes {
        id
        at
        admin
        rating
        message
      }
    }
  }
`);

const SubmitFeedback = graphql(`
  mutation SubmitFeedback($input: SubmitFeedbackInput!) {
    submitFeedback(input: $input) {
      feedback {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** A form that may be used more than once, and what was said so far. */
export function FeedbackPage(): React.JSX.Element {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: GivenFeedback, requestPolicy: 'network-only' });
  const reload = (): void => again({ requestPolicy: 'network-only' });
  return (
    <Page title={t('feedback.title')} text={t('feedback.text')} width="NARROW">
      <Card title={t('feedback.give')}>
        <FeedbackForm onSent={reload} />
      </Card>
      <Card title={t('feedback.given')}>
        {error && <ProblemAlert problem={problemOf(error)} onRetry={reload} />}
        {!data && !error && <Skeleton height={120} />}
        {data?.feedback.nodes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('feedback.none')}
          </Text>
        )}
        <ul className={classes.list}>
          {data?.feedback.nodes.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      </Card>
    </Page>
  );
}

interface EntryProps {
  readonly entry: {
    readonly at: string;
    readonly admin: string;
    readonly rating: number | null;
    readonly message: string;
  };
}

function Entry({ entry }: EntryProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <Text size="sm" className={classes.message}>
        {entry.message}
      </Text>
      <Text size="xs" c="dimmed">
        {[
          entry.admin,
          format.dateTime(entry.at),
          ...(entry.rating === null ? [] : [t('feedback.stars', { count: entry.rating })]),
        ].join(' · ')}
      </Text>
    </li>
  );
}

function FeedbackForm({ onSent }: { readonly onSent: () => void }): React.JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { form, problem, isBusy, submit } = useFeedback(onSent);
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack>
        {problem && <ProblemAlert problem={problem} />}
        <Textarea
          label={t('feedback.message')}
          required
          autosize
          minRows={4}
          maxRows={12}
          maxLength={4000}
          {...form.getInputProps('message')}
        />
        <div>
          <Text size="sm" fw={500} id={id} mb={4}>
            {t('feedback.rating')}
          </Text>
          <Rating
            aria-labelledby={id}
            color="yellow.6"
            getSymbolLabel={(count) => t('feedback.stars', { count })}
            {...form.getInputProps('rating')}
          />
        </div>
        <Button type="submit" loading={isBusy} style={{ alignSelf: 'flex-start' }}>
          {t('feedback.send')}
        </Button>
      </Stack>
    </form>
  );
}

function useFeedback(onSent: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const form = useForm({ initialValues: { message: '', rating: 0 } });
  const submit = async ({ message, rating }: typeof form.values): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const outcome = await send(SubmitFeedback, { input: { message, rating: rating || null } });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.problem);
      return;
    }
    const { userErrors } = outcome.data.submitFeedback;
    if (userErrors.length > 0) {
      form.setErrors(fieldErrors(userErrors, t));
      return;
    }
    form.reset();
    toast(t('feedback.sent'));
    onSent();
  };
  return { form, problem, isBusy, submit };
}
