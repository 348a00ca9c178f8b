import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer';
import { GraphiQLProvider } from '@graphiql/react';
import { Button, Group, Loader, Text } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../layout/icon';
import { LanguageSwitch } from '../layout/language-switch';
import { Logo } from '../layout/logo';
import { SchemeSwitch } from '../layout/scheme-switch';
import { AnswerPane } from './answer-pane';
import { ContractNotice } from './contract-notice';
import { startingOperation } from './examples';
import { OperationPane } from './operation-pane';
import { SidePanel } from './side-panel';
import { THEMES, useThemes } from './themes';
import { useFetcher, type Run } from './use-fetcher';
import { useFreshViewer } from './use-fresh-viewer';
import { useLeavingByTab } from './use-leaving-by-tab';
import { useWishes } from './use-wishes';
import type { Draft, WorkbenchProps } from './workbench-props';
import classes from './workbench.module.css';

/** Keeps nothing: whatever the editor would store goes with the page. */
const NO_STORAGE = {
  length: 0,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  clear: () => undefined,
};

export function Workbench(props: WorkbenchProps): React.JSX.Element {
  const { access, viewer, draft } = props;
  const { t } = useTranslation('playground');
  useDocumentTitle(`${viewer.name} · ${t('title')} · Fieldgate`);
  const [run, setRun] = useState<Run>();
  const typed = useRef<Draft>(draft ?? { operation: startingOperation(viewer), variables: '' });
  const fetcher = useFetcher(access, setRun, () => props.onEnded(typed.current));
  const [start] = useState(typed.current);
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      storage={NO_STORAGE}
      editorTheme={THEMES}
      initialQuery={start.operation}
      initialVariables={start.variables}
      plugins={PLUGINS}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      onTabChange={({ tabs, activeTabIndex }) => {
        const tab = tabs[activeTabIndex];
        if (tab) typed.current = { operation: tab.query ?? '', variables: tab.variables ?? '' };
      }}
    >
      <DocExplorerStore>
        <Bench {...props} run={run} />
      </DocExplorerStore>
    </GraphiQLProvider>
  );
}

const PLUGINS = [DOC_EXPLORER_PLUGIN];

function Bench(props: WorkbenchProps & { readonly run: Run | undefined }): React.JSX.Element {
  const { t } = useTranslation('playground');
  const isReady = useThemes();
  useLeavingByTab();
  const fresh = useFreshViewer(props, props.run);
  const wishes = useWishes(props.viewer);
  return (
    <div className={classes.page}>
      <a href="#operation" className={classes.skip}>
        {t('header.skip')}
      </a>
      <Header viewer={props.viewer} onSignOut={props.onSignOut} />
      <ContractNotice changes={fresh.changes} onClose={fresh.dismiss} />
      <main className={classes.bench}>
        <SidePanel access={props.access} viewer={props.viewer} fresh={fresh} wishes={wishes} />
        {isReady ? <OperationPane {...props} wishes={wishes} /> : <Loader className={classes.loader} />}
        {isReady && <AnswerPane run={props.run} />}
      </main>
    </div>
  );
}

function Header({ viewer, onSignOut }: Pick<WorkbenchProps, 'viewer' | 'onSignOut'>): React.JSX.Element {
  const { t } = useTranslation('playground');
  return (
    <header className={classes.header}>
      <Group gap="md" wrap="nowrap" miw={0}>
        <Logo />
        <Text component="h1" className={classes.name} title={viewer.name}>
          {viewer.name}
        </Text>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Button component="a" href="/docs" target="_blank" variant="subtle" color="gray" size="xs" visibleFrom="xs">
          {t('header.docs')}
        </Button>
        <LanguageSwitch />
        <SchemeSwitch />
        <Button variant="default" size="xs" leftSection={<Icon name="out" size={15} />} onClick={onSignOut}>
          {t('header.signOut')}
        </Button>
      </Group>
    </header>
  );
}
