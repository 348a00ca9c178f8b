import { ResponseEditor, useGraphiQL } from '@graphiql/react';
import { Group, Loader, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { codeOf, type Answer } from './ask';
import { EDITOR_OPTIONS } from './editor-options';
import type { Run } from './use-fetcher';
import classes from './workbench.module.css';

export function AnswerPane({ run }: { readonly run: Run | undefined }): React.JSX.Element {
  const { t } = useTranslation('playground');
  const editor = useGraphiQL((state) => state.responseEditor);
  const isFetching = useGraphiQL((state) => state.isFetching);
  const label = t('answer.editor');
  useEffect(() => editor?.updateOptions({ ...EDITOR_OPTIONS, ariaLabel: label }), [editor, label]);
  return (
    <section className={classes.pane} aria-label={t('answer.title')}>
      <Group className={classes.bar} justify="space-between">
        <h2 className={classes.heading}>{t('answer.title')}</h2>
        {isFetching && <Loader size="xs" role="status" aria-label={t('answer.loading')} />}
      </Group>
      <div className={classes.editor}>
        <ResponseEditor aria-label={label} />
        {!run && !isFetching && <Text className={classes.empty}>{t('answer.empty')}</Text>}
      </div>
      <div className={classes.status} role="status">
        {run === 'UNREACHABLE' ? <Text size="sm">{t('answer.unreachable')}</Text> : run && <Told answer={run.answer} />}
      </div>
    </section>
  );
}

/** What the gateway told beside the data. */
function Told({ answer }: { readonly answer: Answer }): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { number } = useFormat();
  const { status, milliseconds, cost, rate, requestId, body } = answer;
  const errors = body.errors?.length ?? 0;
  const code = codeOf(answer);
  return (
    <>
      <Group className={classes.told}>
        <Text size="sm" fw={600} c={errors > 0 ? 'var(--text-bad)' : 'var(--text-good)'}>
          {t('answer.status', { status })}
          {errors > 0 && ` · ${t('answer.errors', { count: errors })}${code === undefined ? '' : `: ${code}`}`}
        </Text>
        <Text size="sm" className="tabular">
          {t('answer.time', { milliseconds: number(Math.round(milliseconds)) })}
        </Text>
        {cost && (
          <Text size="sm" className="tabular">
            {t('answer.cost', { requested: number(cost.requested), most: number(cost.most) })}
          </Text>
        )}
        {rate && (
          <Text size="sm" className="tabular">
            {t('answer.rate', {
              remaining: number(rate.remaining),
              most: number(rate.most),
              seconds: number(rate.seconds),
            })}
          </Text>
        )}
      </Group>
      {requestId !== null && (
        <Text size="xs" c="dimmed" className={classes.request}>
          {t('answer.request')} <span className={classes.code}>{requestId}</span>
        </Text>
      )}
    </>
  );
}
