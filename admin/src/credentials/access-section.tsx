import { Button, Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { CopyButton } from '../layout/copy-button';
import { isDay, LAST_DAY } from '../layout/day';
import { Icon } from '../layout/icon';
import classes from './access-section.module.css';
import { RotateModal } from './rotate-modal';
import { SecretRow } from './secret-row';
import { Section, type SectionProps } from './section';
import type { Editor } from './use-editor';

interface AccessSectionProps extends SectionProps {
  readonly editor: Editor;
}

/** Client id, secrets, until when, and how a refusal is answered. */
export function AccessSection(props: AccessSectionProps): React.JSX.Element {
  const { t } = useTranslation();
  const { editor, isReadOnly } = props;
  const { credential } = editor;
  const [isRotating, setRotating] = useState(false);
  return (
    <Section
      title={t('access.title')}
      {...(credential ? {} : { text: t('access.generated') })}
      actions={
        credential &&
        !isReadOnly && (
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="rotate" size={15} />}
            onClick={() => setRotating(true)}
          >
            {t('access.rotate')}
          </Button>
        )
      }
    >
      <Stack>
        {credential && (
          <dl className={classes.list}>
            <div className={classes.row}>
              <dt>{t('access.clientId')}</dt>
              <dd>
                <code className={classes.code}>{credential.clientId}</code>
                <CopyButton what={t('access.clientId')} text={credential.clientId} />
              </dd>
            </div>
            {credential.secrets.map((secret) => (
              <SecretRow
                key={secret.id}
                secret={secret}
                credential={credential}
                editor={editor}
                isReadOnly={isReadOnly}
              />
            ))}
          </dl>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Expiry {...props} />
        </SimpleGrid>
        <DenialMode {...props} />
      </Stack>
      {credential && isRotating && (
        <RotateModal credential={credential} editor={editor} onClose={() => setRotating(false)} />
      )}
    </Section>
  );
}

const PRESETS = ['never', '30', '90', '365', 'date'] as const;
type Preset = (typeof PRESETS)[number];

function Expiry({ draft, change, errors, isReadOnly }: SectionProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const [picked, setPicked] = useState<{ readonly preset: Preset; readonly expiresAt: string | null }>();
  const set = (expiresAt: string | null): void => change((before) => ({ ...before, expiresAt }));
  // What was picked holds only as long as its day does: discarding, or somebody else, may put another one there.
  const dated = picked?.expiresAt === draft.expiresAt ? picked.preset : 'date';
  const shown = draft.expiresAt === null ? 'never' : dated;
  const choose = (value: string | null): void => {
    const preset = PRESETS.find((known) => known === value) ?? 'never';
    const expiresAt = preset === 'never' ? null : endOfDay(daysFromNow(preset === 'date' ? 30 : Number(preset)));
    setPicked({ preset, expiresAt });
    set(expiresAt);
  };
  return (
    <>
      <Select
        label={t('access.expires')}
        allowDeselect={false}
        readOnly={isReadOnly}
        value={shown}
        data={PRESETS.map((value) => ({ value, label: t(`access.expiry.${value}`) }))}
        onChange={choose}
        error={shown === 'date' ? undefined : errors['expiresAt']}
        {...(draft.expiresAt === null || shown === 'date' ? {} : { description: format.date(draft.expiresAt) })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      {shown === 'date' && (
        <TextInput
          type="date"
          label={t('access.expiresOn')}
          value={draft.expiresAt === null ? '' : dayOf(draft.expiresAt)}
          min={dayOf(new Date().toISOString())}
          max={LAST_DAY}
          readOnly={isReadOnly}
          error={errors['expiresAt']}
          onChange={({ currentTarget }) => {
            if (isDay(currentTarget.value)) set(endOfDay(currentTarget.value));
          }}
        />
      )}
    </>
  );
}

// "Until the 31st" includes the 31st, where the admin is.
function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}

function dayOf(moment: string): string {
  const date = new Date(moment);
  const padded = (value: number, length = 2): string => String(value).padStart(length, '0');
  // A year that is being typed begins with its last digit.
  return `${padded(date.getFullYear(), 4)}-${padded(date.getMonth() + 1)}-${padded(date.getDate())}`;
}

function daysFromNow(days: number): string {
  return dayOf(new Date(Date.now() + days * 86_400_000).toISOString());
}

function DenialMode({ draft, change, isReadOnly }: SectionProps): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('access.denial')}
      value={draft.denialMode}
      onChange={(value) =>
        change((before) => ({ ...before, denialMode: value === 'STRICT' ? 'STRICT' : 'NULL_AND_ERROR' }))
      }
    >
      <Stack gap="xs" mt={6}>
        {(['NULL_AND_ERROR', 'STRICT'] as const).map((mode) => (
          <Radio
            key={mode}
            value={mode}
            size="sm"
            disabled={isReadOnly}
            label={t(`access.denialMode.${mode}`)}
            description={t(`access.denialModeText.${mode}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
