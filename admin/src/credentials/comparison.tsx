import { Button, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { useFocusBack } from '../layout/use-focus-back';
import type { Credential } from './credential.operations';
import { chosen, draftOf, MODULES, type Draft, type DraftField } from './draft';
import { changesOf, keysChanged, merged, type Choice } from './merge';
import type { CredentialChoices } from './use-choices';
import type { Editor } from './use-editor';

interface ComparisonProps {
  readonly editor: Editor;
  readonly conflict: Credential;
  readonly choices: CredentialChoices | undefined;
}

/** Two admins on one credential: both versions side by side, and a choice where both changed the same. */
export function Comparison({ editor, conflict, choices }: ComparisonProps): React.JSX.Element {
  useFocusBack();
  const { t } = useTranslation();
  const [picked, setPicked] = useState<ReadonlyMap<DraftField, Choice>>(new Map());
  const { before, draft } = editor;
  const theirs = draftOf(conflict);
  const changes = changesOf(before, draft, theirs);
  const text = useFieldText(choices);
  return (
    <Modal
      opened
      size="xl"
      onClose={noClosing}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('comparison.title')}
    >
      <Stack>
        {/* It may come while one types: no key may choose before it was read. */}
        <Text size="sm" tabIndex={-1} data-autofocus>
          {t('comparison.text')}
        </Text>
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing="xs" withTableBorder aria-label={t('comparison.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('comparison.field')}</Table.Th>
                <Table.Th scope="col">{t('comparison.mine')}</Table.Th>
                <Table.Th scope="col">{t('comparison.theirs')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map(({ field, isMine, isTheirs }) => {
                const isBoth = isMine && isTheirs;
                const choice = isBoth ? picked.get(field) : isMine ? 'MINE' : 'THEIRS';
                const cell = (side: Choice, source: Draft): React.JSX.Element => (
                  <Table.Td>
                    <Radio
                      name={`comparison-${field}`}
                      checked={choice === side}
                      disabled={!isBoth}
                      onChange={() => setPicked(new Map(picked).set(field, side))}
                      label={text(field, source, before)}
                    />
                  </Table.Td>
                );
                return (
                  <Table.Tr key={field}>
                    <Table.Th scope="row">{t(`credential.field.${field}`)}</Table.Th>
                    {cell('MINE', draft)}
                    {cell('THEIRS', theirs)}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Text size="sm" c="dimmed">
          {t('comparison.nothingSaved')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => editor.resolve(theirs)}>
            {t('comparison.takeTheirs')}
          </Button>
          <Button
            onClick={() => editor.resolve(merged(before, draft, theirs, picked))}
            disabled={changes.some(({ field, isMine, isTheirs }) => isMine && isTheirs && !picked.has(field))}
          >
            {t('comparison.goOn')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function noClosing(): void {
  // Only an answer ends the question.
}

function useFieldText(choices: CredentialChoices | undefined) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = (key: string): string => {
    const entry = choices?.byKey.get(key);
    return entry ? format.label(entry.label) : key;
  };
  const grants = (draft: Draft, before: Draft): string => {
    const { added, removed } = keysChanged(chosen(before), chosen(draft));
    const boxes = MODULES.flatMap((module) =>
      (['read', 'write'] as const)
        .filter((direction) => draft.modules[module][direction] !== before.modules[module][direction])
        .map((direction) => {
          const sign = draft.modules[module][direction] ? '+' : '−';
          return `${sign} ${t(`module.${module}`)}: ${t(`direction.${direction}`)}`;
        }),
    );
    const keys = [...removed.map((key) => `− ${label(key)}`), ...added.map((key) => `+ ${label(key)}`)];
    return [...boxes, ...keys].join(', ') || t('comparison.unchanged');
  };
  return (field: DraftField, draft: Draft, before: Draft): string => {
    if (field === 'grants') return grants(draft, before);
    if (field === 'denialMode') return t(`access.denialMode.${draft.denialMode}`);
    if (field === 'expiresAt')
      return draft.expiresAt === null ? t('access.expiry.never') : format.date(draft.expiresAt);
    if (field === 'integrationId') {
      return choices?.integrations.find(({ id }) => id === draft.integrationId)?.name ?? t('comparison.empty');
    }
    return draft[field] || t('comparison.empty');
  };
}
