import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useCredentialsContext } from '../credentials/credentials-context';
import type { Credential } from '../credentials/credential.operations';
import { sameGrants } from '../credentials/draft';
import { PermissionDiff } from '../credentials/permission-diff';
import { Section } from '../credentials/section';
import type { CredentialChoices } from '../credentials/use-choices';
import type { Editor } from '../credentials/use-editor';
import { useAnswered, useSend, type Outcome } from '../graphql/outcome';
import type { UserError } from '../graphql/user-errors';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import { toast } from '../layout/toast';
import { ApproveRequest, RefuseRequest, RequestsOfCredential, type AccessRequest } from './access-request.operations';
import { knownAccess, withAccess } from './wanted-access';

interface AccessRequestsProps {
  readonly editor: Editor;
  readonly credential: Credential;
  readonly choices: CredentialChoices;
  readonly manages: boolean;
  /** What is half typed, by the request: it outlives a turn to another tab. */
  readonly notes: Map<string, string>;
}

/** What the credential asks for and nobody has decided, each as the difference that it would make. */
export function AccessRequests(props: AccessRequestsProps): React.JSX.Element | null {
  const { t } = useTranslation();
  const { id } = props.credential;
  const [{ data }, again] = useQuery({
    query: RequestsOfCredential,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const answered = useAnswered(data);
  const open = (answered?.credential?.accessRequests ?? []).filter(({ state }) => state === 'OPEN');
  if (open.length === 0) return null;
  return (
    <Section title={t('accessRequests.title')} text={t('accessRequests.text')}>
      <Stack gap="md">
        {open.map((request) => (
          <OpenRequest key={request.id} {...props} request={request} onDecided={() => again()} />
        ))}
      </Stack>
    </Section>
  );
}

interface OpenRequestProps extends AccessRequestsProps {
  readonly request: AccessRequest;
  readonly onDecided: () => void;
}

interface Decision {
  readonly credential: Credential | null;
  readonly userErrors: readonly UserError[];
}

function OpenRequest({ editor, choices, manages, notes, request, onDecided }: OpenRequestProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const { before } = editor;
  const { known, unknown } = knownAccess(request, (key) => choices.byKey.has(key));
  const after = withAccess(before, known);
  return (
    <Alert variant="default" icon={<Icon name="key" />} title={request.reason}>
      <Stack gap="sm">
        <Text size="xs" c="dimmed">
          {format.dateTime(request.createdAt)}
        </Text>
        {sameGrants(before, after) ? (
          unknown.length === 0 && <Text size="sm">{t('accessRequests.given')}</Text>
        ) : (
          <PermissionDiff before={before} after={after} reads={NO_READS} choices={choices} />
        )}
        {unknown.length > 0 && (
          <Text size="sm" c="var(--text-bad)">
            {t('accessRequests.unknown', { keys: unknown.join(', ') })}
          </Text>
        )}
        {manages && (
          <Deciding
            editor={editor}
            request={request}
            notes={notes}
            canApprove={unknown.length === 0}
            onDecided={onDecided}
          />
        )}
      </Stack>
    </Alert>
  );
}

const NO_READS = new Map<string, number>();

interface DecidingProps {
  readonly editor: Editor;
  readonly request: AccessRequest;
  readonly notes: Map<string, string>;
  readonly canApprove: boolean;
  readonly onDecided: () => void;
}

function Deciding({ editor, request, notes, canApprove, onDecided }: DecidingProps): React.JSX.Element {
  const { t } = useTranslation();
  const [note, setNote] = useState(notes.get(request.id) ?? '');
  const { decide, isBusy, problem } = useDeciding(editor, onDecided);
  return (
    <>
      <Textarea
        label={t('accessRequests.note')}
        description={t('accessRequests.noteHint')}
        value={note}
        maxLength={500}
        autosize
        minRows={1}
        onChange={({ currentTarget: { value } }) => {
          setNote(value);
          notes.set(request.id, value);
        }}
      />
      {problem !== undefined && (
        <Text size="sm" role="alert" c="var(--text-bad)">
          {problem}
        </Text>
      )}
      {editor.isDirty && <Text size="sm">{t('accessRequests.dirty')}</Text>}
      <Group gap="xs">
        <Button
          size="xs"
          loading={isBusy}
          disabled={!canApprove || editor.isDirty}
          onClick={() => void decide(request, true, note)}
        >
          {t('accessRequests.approve')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={isBusy || note.trim() === ''}
          onClick={() => void decide(request, false, note)}
        >
          {t('accessRequests.refuse')}
        </Button>
      </Group>
    </>
  );
}

function useDeciding(editor: Editor, onDecided: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const { reload } = useCredentialsContext();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const asked = async (id: string, approves: boolean, note: string): Promise<Outcome<Decision>> => {
    if (!approves) {
      const refused = await send(RefuseRequest, { id, note });
      return refused.ok ? { ok: true, data: refused.data.refuseAccessRequest } : refused;
    }
    const version = editor.credential?.version ?? 0;
    const approved = await send(ApproveRequest, { id, version, note: note.trim() || null });
    return approved.ok ? { ok: true, data: approved.data.approveAccessRequest } : approved;
  };
  const decide = async ({ id }: AccessRequest, approves: boolean, note: string): Promise<void> => {
    setBusy(true);
    const outcome = await asked(id, approves, note);
    setBusy(false);
    if (!outcome.ok) {
      setProblem(t(`problem.${outcome.problem}.text`));
      return;
    }
    const { credential, userErrors } = outcome.data;
    if (credential) editor.meet(credential, approves && userErrors.length === 0);
    const [first] = userErrors;
    setProblem(first && t(`userError.${first.code}`));
    if (first) return;
    toast(t(approves ? 'accessRequests.approved' : 'accessRequests.refused'));
    reload();
    onDecided();
  };
  return { decide, isBusy, problem };
}
