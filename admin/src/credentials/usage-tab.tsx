import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problemOf } from '../graphql/outcome';
import { useFormat } from '../i18n/use-format';
import { ProblemAlert } from '../layout/problem';
import { DayChart } from '../usage/day-chart';
import { UsageOfCredential, type CredentialUsage } from './credential.operations';
import { effective, toldApart, withKeys } from './draft';
import classes from './preview-tab.module.css';
import type { CredentialChoices } from './use-choices';
import type { Editor } from './use-editor';

interface UsageTabProps {
  readonly editor: Editor;
  readonly choices: CredentialChoices | undefined;
  readonly manages: boolean;
  readonly onRemoved: () => void;
}

const DAYS = 90;
const SHOWN_DAYS = 30;
/** A credential that is younger has not had the time to show what it needs. */
const FEWEST_DAYS = 7;
const DAY = 86_400_000;

/** What the credential really does with what it may do. */
export function UsageTab({ editor, choices, manages, onRemoved }: UsageTabProps): React.JSX.Element {
  const id = editor.credential?.id ?? '';
  const [{ data, error }, again] = useQuery({ query: UsageOfCredential, variables: { id, days: DAYS } });
  const usage = data?.credential?.usage;
  if (error) return <ProblemAlert problem={problemOf(error)} onRetry={() => again()} />;
  if (!usage) return <Skeleton height={320} />;
  return (
    <Stack gap="lg">
      <DayChart days={usage.days.slice(-SHOWN_DAYS)} />
      {manages && <Unread usage={usage} editor={editor} onRemoved={onRemoved} />}
      <AttributeTable usage={usage} choices={choices} />
    </Stack>
  );
}

function Unread({
  usage,
  editor,
  onRemoved,
}: {
  usage: CredentialUsage;
  editor: Editor;
  readonly onRemoved: () => void;
}) {
  const { t } = useTranslation();
  const age = Math.floor((Date.now() - Date.parse(editor.credential?.createdAt ?? '')) / DAY);
  const reads = new Map(usage.attributes.map(({ key, reads }) => [key, reads]));
  const unread = [...effective(editor.draft, 'read')].filter((key) => (reads.get(key) ?? 0) === 0);
  if (unread.length === 0 || !(age >= FEWEST_DAYS)) return null;
  return (
    <Alert color="gray" variant="light" title={t('usage.unread', { count: unread.length, days: Math.min(age, DAYS) })}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('usage.unreadText')}</Text>
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            editor.change((before) => {
              // Only reading is counted: what is written as well stays on a list of its own.
              const isApart = before.isApart || before.modules.EMPLOYEES.write;
              return withKeys(toldApart(before, isApart), unread, false, isApart ? 'read' : undefined);
            });
            onRemoved();
          }}
        >
          {t('usage.removeUnread', { count: unread.length })}
        </Button>
      </Stack>
    </Alert>
  );
}

interface AttributeTableProps {
  readonly usage: CredentialUsage;
  readonly choices: CredentialChoices | undefined;
}

function AttributeTable({ usage, choices }: AttributeTableProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const label = (key: string): string => {
    const entry = choices?.byKey.get(key);
    return entry ? format.label(entry.label) : key;
  };
  const rows = [...usage.attributes].sort((one, other) => other.reads - one.reads || other.denials - one.denials);
  if (rows.length === 0) return <Text c="dimmed">{t('usage.noAttributes')}</Text>;
  return (
    <Group className={classes.scroll} tabIndex={0} role="region" aria-label={t('usage.attributes')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('preview.attribute')}</th>
            <th scope="col">{t('usage.reads')}</th>
            <th scope="col">{t('usage.denials')}</th>
            <th scope="col">{t('usage.lastRead')}</th>
          </tr>
        </thead>
        <tbody className="tabular">
          {rows.map(({ key, granted, reads, denials, lastReadOn }) => (
            <tr key={key}>
              <th scope="row">
                {label(key)} {!granted && <span className={classes.quiet}>{t('usage.notGranted')}</span>}
              </th>
              <td>{format.number(reads)}</td>
              <td>{format.number(denials)}</td>
              <td>{lastReadOn === null ? '–' : format.date(lastReadOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  );
}
