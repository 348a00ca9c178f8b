import { Button, Group, Skeleton, Stack, Switch, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problemOf } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import { ProblemAlert } from '../layout/problem';
import { PreviewOfCredential, type PreviewField } from './credential.operations';
import { grantsInput, sameGrants } from './draft';
import classes from './preview-tab.module.css';
import type { Editor } from './use-editor';

/** What the credential sees of one person: today, and with the boxes as they are ticked now. */
export function PreviewTab({ editor }: { readonly editor: Editor }): React.JSX.Element {
  const { t } = useTranslation();
  const { credential, draft, before } = editor;
  const [employeeId, setEmployeeId] = useState<string | null>(null);
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const [{ data, error, fetching }, again] = useQuery({
    query: PreviewOfCredential,
    variables: { id: credential?.id ?? null, grants: grantsInput(draft), employeeId },
    requestPolicy: 'network-only',
  });
  const isProposal = !credential || !sameGrants(before, draft);
  const fields = data?.previewCredential.fields ?? [];
  const shown = onlyDifferent ? fields.filter(isDifferent) : fields;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('preview.text')}
      </Text>
      <PersonForm onChoose={setEmployeeId} />
      {error && <ProblemAlert problem={problemOf(error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Skeleton height={320} />}
      {data && (
        <>
          <Group justify="space-between">
            <Text fw={600}>
              {employeeId === null
                ? t('preview.invented', { name: data.previewCredential.employeeName })
                : data.previewCredential.employeeName}
            </Text>
            {isProposal && (
              <Switch
                size="sm"
                label={t('preview.onlyDifferent')}
                checked={onlyDifferent}
                onChange={({ currentTarget }) => setOnlyDifferent(currentTarget.checked)}
              />
            )}
          </Group>
          <PreviewTable fields={shown} isProposal={isProposal} isNew={!credential} />
          {shown.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('preview.noDifference')}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

function isDifferent({ today, proposed }: PreviewField): boolean {
  return today.visible !== proposed.visible;
}

function PersonForm({ onChoose }: { readonly onChoose: (id: string | null) => void }): React.JSX.Element {
  const { t } = useTranslation();
  const [id, setId] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChoose(id.trim() || null);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs">
        <TextInput
          flex="1 1 12rem"
          label={t('preview.person')}
          placeholder={t('preview.personPlaceholder')}
          value={id}
          onChange={({ currentTarget }) => setId(currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('preview.show')}
        </Button>
      </Group>
    </form>
  );
}

interface PreviewTableProps {
  readonly fields: readonly PreviewField[];
  readonly isProposal: boolean;
  readonly isNew: boolean;
}

function PreviewTable({ fields, isProposal, isNew }: PreviewTableProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('preview.title')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('preview.attribute')}</th>
            {!isNew && <th scope="col">{t('preview.today')}</th>}
            {isProposal && <th scope="col">{t(isNew ? 'preview.afterCreating' : 'preview.proposed')}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.attribute.key} data-different={(!isNew && isDifferent(field)) || undefined}>
              <th scope="row">{format.label(field.attribute.label)}</th>
              {!isNew && <Value value={field.today} />}
              {isProposal && <Value value={field.proposed} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ value }: { readonly value: PreviewField['today'] }): React.JSX.Element {
  const { t } = useTranslation();
  if (value.visible) return <td>{value.value ?? <span className={classes.quiet}>{t('preview.empty')}</span>}</td>;
  return (
    <td className={classes.hidden}>
      <span>
        <Icon name="eyeOff" size={14} />
        <VisuallyHidden>{t('preview.hidden')}: </VisuallyHidden>
        {t(value.reason === 'MODULE_FORBIDDEN' ? 'preview.noModule' : 'preview.notOnList')}
      </span>
    </td>
  );
}
