import { QueryEditor, useGraphiQL, useGraphiQLActions, VariableEditor } from '@graphiql/react';
import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../layout/copy-button';
import { Icon } from '../layout/icon';
import { curlOf } from './curl';
import { EDITOR_OPTIONS } from './editor-options';
import { Findings } from './findings';
import { useFindings } from './use-findings';
import type { Wishes } from './use-wishes';
import type { WorkbenchProps } from './workbench-props';
import classes from './workbench.module.css';

interface OperationPaneProps extends WorkbenchProps {
  readonly wishes: Wishes;
}

export function OperationPane({ viewer, guards, wishes }: OperationPaneProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { query, variables } = useEditors();
  const findings = useFindings(guards, viewer.permissions);
  return (
    <section className={classes.pane} aria-label={t('operation.title')} id="operation" tabIndex={-1}>
      <Toolbar />
      <div className={classes.editor} data-testid="operation">
        <QueryEditor aria-label={query} role="group" />
      </div>
      <Findings findings={findings} wishes={wishes} />
      <details className={classes.variables} open>
        <summary>{t('operation.variables')}</summary>
        <div className={classes.editor}>
          <VariableEditor aria-label={variables} role="group" />
        </div>
      </details>
    </section>
  );
}

/** Names the editors for those who hear the page, in the language of the page. */
function useEditors(): { readonly query: string; readonly variables: string } {
  const { t } = useTranslation('playground');
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const query = t('operation.editor');
  const variables = t('operation.variablesEditor');
  useEffect(() => queryEditor?.updateOptions({ ...EDITOR_OPTIONS, ariaLabel: query }), [queryEditor, query]);
  useEffect(
    () => variableEditor?.updateOptions({ ...EDITOR_OPTIONS, ariaLabel: variables, lineNumbers: 'off' }),
    [variableEditor, variables],
  );
  return { query, variables };
}

function Toolbar(): React.JSX.Element {
  const { t } = useTranslation('playground');
  const actions = useGraphiQLActions();
  const {
    isFetching,
    operations = [],
    operationName,
  } = useGraphiQL((state) => ({
    isFetching: state.isFetching,
    operations: state.operations,
    operationName: state.operationName,
  }));
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const names = operations.flatMap(({ name }) => (name ? [name.value] : []));
  return (
    <Group className={classes.bar} gap="xs">
      <h2 className={classes.heading}>{t('operation.title')}</h2>
      {names.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('operation.which')}
          data={names}
          value={operationName ?? names[0] ?? ''}
          onChange={({ currentTarget }) => actions.setOperationName(currentTarget.value)}
        />
      )}
      <Group gap="xs" ml="auto">
        <Button variant="default" size="xs" onClick={() => void actions.prettifyEditors()}>
          {t('operation.format')}
        </Button>
        <CopyButton
          what={t('operation.curl')}
          label={t('operation.curl')}
          text={() => Promise.resolve(curlOf(queryEditor?.getValue() ?? '', variableEditor?.getValue() ?? ''))}
        />
        <Button
          size="xs"
          title={t('operation.runHint', { key: 'Ctrl+Enter' })}
          leftSection={<Icon name={isFetching ? 'close' : 'chevron'} size={15} />}
          onClick={() => (isFetching ? actions.stop() : actions.run())}
        >
          {isFetching ? t('operation.stop') : t('operation.run')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" className={classes.hint}>
        {t('operation.runHint', { key: 'Ctrl+Enter' })}
      </Text>
    </Group>
  );
}
