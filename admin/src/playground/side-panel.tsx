import { DocExplorer } from '@graphiql/plugin-doc-explorer';
import { useGraphiQL } from '@graphiql/react';
import { Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Access } from './access';
import { ExamplesPanel } from './examples-panel';
import { PermissionsPanel } from './permissions-panel';
import type { FreshViewer } from './use-fresh-viewer';
import type { Wishes } from './use-wishes';
import type { Viewer } from './viewer';
import classes from './side-panel.module.css';

interface SidePanelProps {
  readonly access: Access;
  readonly viewer: Viewer;
  readonly fresh: FreshViewer;
  readonly wishes: Wishes;
}

const TABS = ['permissions', 'examples', 'schema'] as const;

export function SidePanel(props: SidePanelProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const { viewer, wishes } = props;
  const [tab, setTab] = useState<string | null>('permissions');
  // A name in the editor that is clicked with Ctrl leads to where the schema describes it.
  const reference = useGraphiQL((state) => state.schemaReference);
  useEffect(() => {
    if (reference) setTab('schema');
  }, [reference]);
  useEffect(() => {
    if (wishes.isCalled) setTab('permissions');
  }, [wishes.isCalled]);
  return (
    <aside className={classes.panel} aria-label={t('panel.title')}>
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.tabs}>
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`panel.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="permissions" className={classes.content}>
          <PermissionsPanel {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="examples" className={classes.content}>
          <ExamplesPanel viewer={viewer} />
        </Tabs.Panel>
        {/* The explorer and the schema's own descriptions are in English. */}
        <Tabs.Panel value="schema" className={classes.content} lang="en">
          <div className={`graphiql-container ${classes.schema}`}>
            <DocExplorer />
          </div>
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
