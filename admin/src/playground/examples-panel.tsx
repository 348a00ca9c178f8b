import { useGraphiQL } from '@graphiql/react';
import { Badge, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { examplesFor, firstPage, WHO_AM_I, type Example } from './examples';
import type { Viewer } from './viewer';
import classes from './side-panel.module.css';

interface Opening {
  readonly name: string;
  readonly operation: string;
  readonly variables: string;
}

export function ExamplesPanel({ viewer }: { readonly viewer: Viewer }): React.JSX.Element {
  const { t, i18n } = useTranslation('playground');
  const { list } = useFormat();
  const open = useOpen();
  const examples = examplesFor(viewer);
  const nameOf = ({ id, name }: Example): string => {
    const key = `examples.names.${id}`;
    return i18n.exists(key, { ns: 'playground' }) ? t(key as 'examples.first') : name;
  };
  const own = [
    ...(viewer.permissions.modules.EMPLOYEES.read
      ? [{ name: t('examples.first'), text: t('examples.firstText'), operation: firstPage(viewer.attributes) }]
      : []),
    { name: t('examples.viewer'), text: '', operation: WHO_AM_I },
  ];
  const runnable = examples.filter(({ lacks }) => lacks.length === 0);
  const others = examples.filter(({ lacks }) => lacks.length > 0);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('examples.runnable')}
      </Text>
      <ul className={classes.list}>
        {own.map(({ name, text, operation }) => (
          <Entry key={name} name={name} text={text} onOpen={() => open({ name, operation, variables: '' })} />
        ))}
        {runnable.map((example) => (
          <Entry
            key={example.id}
            name={nameOf(example)}
            writes={example.writes}
            onOpen={() => open({ ...example, name: nameOf(example) })}
          />
        ))}
      </ul>
      {others.length > 0 && (
        <section>
          <h2 className={classes.subheading}>{t('examples.lacking')}</h2>
          <ul className={classes.list}>
            {others.map((example) => (
              <Entry
                key={example.id}
                name={nameOf(example)}
                text={t('examples.lacks', { what: list(example.lacks) })}
                writes={example.writes}
              />
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}

interface EntryProps {
  readonly name: string;
  readonly text?: string;
  readonly writes?: boolean;
  readonly onOpen?: () => void;
}

function Entry({ name, text = '', writes = false, onOpen }: EntryProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  return (
    <li className={classes.entry}>
      <div className={classes.grow}>
        <Text size="sm" fw={550}>
          {name} {writes && <Badge size="xs">{t('examples.writes')}</Badge>}
        </Text>
        {text !== '' && (
          <Text size="xs" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      {onOpen && (
        <Button variant="light" size="compact-xs" aria-label={t('examples.openWhat', { name })} onClick={onOpen}>
          {t('examples.open')}
        </Button>
      )}
    </li>
  );
}

/** Puts an operation into the editors. What stood there comes back with Ctrl+Z. */
function useOpen(): (opening: Opening) => void {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return ({ operation, variables }) => {
    const fill = (editor: typeof queryEditor, text: string): void => {
      const range = editor?.getModel()?.getFullModelRange();
      if (range) editor?.executeEdits('example', [{ range, text }]);
      editor?.pushUndoStop();
    };
    fill(queryEditor, operation);
    fill(variableEditor, variables);
    queryEditor?.revealLine(1);
    queryEditor?.focus();
  };
}
