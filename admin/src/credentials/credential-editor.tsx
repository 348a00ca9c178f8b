import { Alert, Button, Drawer, Group, Switch, Tabs, Text } from '@mantine/core';
import { useEffect, useId, useRef, useState, type FormEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { AccessRequests } from '../access-requests/access-requests';
import { MissingAccess } from '../access-requests/missing-access';
import { useConfirm } from '../layout/confirmation';
import { Icon } from '../layout/icon';
import { ProblemAlert } from '../layout/problem';
import { toast } from '../layout/toast';
import { useRights } from '../session/session';
import { AccessSection } from './access-section';
import { AttributeSection } from './attribute-section';
import { Comparison } from './comparison';
import type { Credential } from './credential.operations';
import classes from './credential-drawer.module.css';
import { CredentialMenu } from './credential-menu';
import { useCredentialsContext } from './credentials-context';
import { FirstSteps } from './first-steps';
import { GeneralSection } from './general-section';
import { ModuleSection } from './module-section';
import { PermissionDiff, useReads, weighsPermissions } from './permission-diff';
import { PreviewTab } from './preview-tab';
import { GrantsSummary } from './grants-summary';
import { StatusBadge } from './status-badge';
import { UsageTab } from './usage-tab';
import { useEditor, type Editor } from './use-editor';
import type { CredentialChoices } from './use-choices';
import { useUnsavedGuard } from './use-unsaved-guard';

interface CredentialEditorProps {
  readonly credential: Credential | null;
  readonly choices: CredentialChoices | undefined;
  readonly onClose: () => void;
}

export function CredentialEditor({ credential, choices, onClose }: CredentialEditorProps): React.JSX.Element {
  const editor = useEditor(credential);
  const { manages } = useRights();
  const formId = useId();
  const [tab, setTab] = useState('details');
  const [refusals, setRefusals] = useState(0);
  const body = useRefusal(refusals);
  const notes = useRef(new Map<string, string>()).current;
  const submit = useSaving(editor, choices, () => {
    setTab('details');
    setRefusals((count) => count + 1);
  });
  // It goes on to the credential that was made, and what was typed meanwhile would be in neither.
  const isMaking = editor.isSaving && !editor.credential;
  useUnsavedGuard(editor.isDirty, editor.isLeaving);
  return (
    <>
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'details')} keepMounted={false} variant="default" h="100%">
        <div className={classes.frame} inert={isMaking}>
          <Head editor={editor} manages={manages} onClose={onClose} />
          <div className={classes.body} ref={body}>
            <form id={formId} onSubmit={submit} noValidate>
              <Tabs.Panel value="details">
                <Messages editor={editor} />
                <Details editor={editor} choices={choices} manages={manages} notes={notes} />
              </Tabs.Panel>
            </form>
            <Tabs.Panel value="preview">
              <PreviewTab editor={editor} />
            </Tabs.Panel>
            {editor.credential && (
              <Tabs.Panel value="usage">
                <UsageTab editor={editor} choices={choices} manages={manages} onRemoved={() => setTab('details')} />
              </Tabs.Panel>
            )}
          </div>
          <Foot editor={editor} choices={choices} manages={manages} formId={formId} onClose={onClose} />
        </div>
      </Tabs>
      {editor.conflict && (
        <Comparison key={editor.conflict.version} editor={editor} conflict={editor.conflict} choices={choices} />
      )}
    </>
  );
}

/** Brings in sight what was refused: it may be far above the place where one typed last. */
function useRefusal(refusals: number): RefObject<HTMLDivElement | null> {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusals === 0) return;
    const refused = body.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-refused]');
    if (refused) refused.focus();
    else body.current?.scrollTo({ top: 0 });
  }, [refusals]);
  return body;
}

/** Asks before it takes rights away that are in use, saves, and after making one goes on to it. */
function useSaving(editor: Editor, choices: CredentialChoices | undefined, onRefused: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const confirm = useConfirm();
  const readsOf = useReads();
  const { keepFresh } = useCredentialsContext();

  const agreed = async (): Promise<boolean> => {
    const { credential, before, draft } = editor;
    if (!credential || !choices || !weighsPermissions(credential, before, draft)) return true;
    const reads = await readsOf(credential.id);
    return confirm({
      title: t('diff.title'),
      text: <PermissionDiff before={before} after={draft} reads={reads} choices={choices} />,
      confirm: t('diff.confirm'),
      cancel: t('diff.cancel'),
    });
  };
  const save = async (): Promise<void> => {
    if (editor.isSaving || !(await agreed())) return;
    const saved = await editor.save();
    if (!saved) {
      onRefused();
      return;
    }
    toast(t(editor.credential ? 'credential.saved' : 'credential.created', { name: saved.credential.name }));
    if (editor.credential) return;
    keepFresh(saved.credential, saved.secret);
    editor.isLeaving.current = true;
    await navigate({ pathname: `/settings/credentials/${saved.credential.id}`, search }, { replace: true });
  };
  return (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
}

function Head({
  editor,
  manages,
  onClose,
}: {
  editor: Editor;
  manages: boolean;
  readonly onClose: () => void;
}): React.JSX.Element {
  const { t } = useTranslation();
  const { credential, enabled } = editor;
  return (
    <div className={classes.header}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="md" wrap="wrap">
          <Drawer.Title className={classes.title}>{credential?.name ?? t('credential.new')}</Drawer.Title>
          {credential && <StatusBadge status={credential.status} />}
        </Group>
        <Group gap={4} wrap="nowrap">
          {credential && manages && <CredentialMenu editor={editor} credential={credential} onClose={onClose} />}
          <Drawer.CloseButton aria-label={t('common.close')} />
        </Group>
      </Group>
      <div className={classes.enabled} data-off={!enabled || undefined}>
        <Switch
          checked={enabled}
          disabled={!manages || editor.isSwitching}
          onChange={({ currentTarget }) => void editor.setEnabled(currentTarget.checked)}
          label={t(enabled ? 'credential.enabled' : 'credential.disabled')}
          description={t(enabled ? 'credential.enabledText' : 'credential.disabledText')}
        />
      </div>
      <Tabs.List className={classes.tabs}>
        <Tabs.Tab value="details">{t('credential.details')}</Tabs.Tab>
        <Tabs.Tab value="preview">{t('preview.title')}</Tabs.Tab>
        {credential && <Tabs.Tab value="usage">{t('usage.title')}</Tabs.Tab>}
      </Tabs.List>
    </div>
  );
}

function Messages({ editor }: { readonly editor: Editor }): React.JSX.Element {
  const { t } = useTranslation();
  const { problem, notice, errors } = editor;
  return (
    <>
      {notice && (
        <Alert
          mb="md"
          color="yellow.9"
          variant="light"
          role="status"
          icon={<Icon name="warning" />}
          title={t(`notice.${notice}.title`)}
        >
          {t(`notice.${notice}.text`)}
        </Alert>
      )}
      {problem && <ProblemAlert problem={problem} />}
      {errors[''] !== undefined && (
        <Text role="alert" c="var(--text-bad)" size="sm" mb="md">
          {errors['']}
        </Text>
      )}
    </>
  );
}

interface PartProps {
  readonly editor: Editor;
  readonly choices: CredentialChoices | undefined;
  readonly manages: boolean;
}

interface DetailsProps extends PartProps {
  readonly notes: Map<string, string>;
}

function Details({ editor, choices, manages, notes }: DetailsProps): React.JSX.Element {
  const { draft, change, errors, credential } = editor;
  const parts = { draft, change, errors, choices, isReadOnly: !manages };
  return (
    <>
      {credential && choices && <MissingAccess editor={editor} choices={choices} manages={manages} />}
      {credential && choices && (
        <AccessRequests editor={editor} credential={credential} choices={choices} manages={manages} notes={notes} />
      )}
      {credential && <FirstSteps credential={credential} />}
      <GeneralSection {...parts} isNew={!credential} />
      <AccessSection {...parts} editor={editor} />
      <ModuleSection {...parts} />
      <AttributeSection {...parts} />
    </>
  );
}

interface FootProps extends PartProps {
  readonly formId: string;
  readonly onClose: () => void;
}

function Foot({ editor, choices, manages, formId, onClose }: FootProps): React.JSX.Element | null {
  const { t } = useTranslation();
  const { isDirty, isSaving, credential } = editor;
  return (
    <div className={classes.footer}>
      <Group justify="space-between" wrap="wrap" gap="xs">
        <GrantsSummary draft={editor.draft} choices={choices} />
        {manages && (
          <Group gap="xs" wrap="nowrap" ml="auto">
            {credential && isDirty ? (
              <Button variant="default" onClick={editor.discard} disabled={isSaving}>
                {t('credential.discard')}
              </Button>
            ) : (
              <Button variant="default" onClick={onClose}>
                {t(credential ? 'common.close' : 'common.cancel')}
              </Button>
            )}
            <Button type="submit" form={formId} loading={isSaving} disabled={credential !== null && !isDirty}>
              {t(credential ? 'credential.save' : 'credential.create')}
            </Button>
          </Group>
        )}
      </Group>
    </div>
  );
}
