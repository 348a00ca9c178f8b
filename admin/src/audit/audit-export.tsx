import { Button, Group, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, type Send } from '../graphql/outcome';
import { toastProblem } from '../layout/toast';
import { AuditEvents, type AuditEvent } from './audit.operations';
import type { AuditFilter } from './use-audit-events';

interface AuditExportProps {
  readonly filter: AuditFilter;
  readonly total: number;
}

/** Saves what the filters show as a file, one event a line, with its progress in sight. */
export function AuditExport({ filter, total }: AuditExportProps): React.JSX.Element {
  const { t } = useTranslation();
  const ask = useAsk();
  const [done, setDone] = useState<number>();
  const run = async (): Promise<void> => {
    setDone(0);
    const events = await collect(ask, filter, setDone);
    setDone(undefined);
    if (!events) {
      toastProblem(t('audit.notExported'), t('problem.FAILED.text'));
      return;
    }
    save(events.map((event) => JSON.stringify(event)).join('\n'));
  };
  return (
    <Group gap="sm">
      {done !== undefined && (
        <Progress w={120} value={total === 0 ? 0 : (done / total) * 100} aria-label={t('audit.exporting')} />
      )}
      <Button variant="default" onClick={() => void run()} loading={done !== undefined} disabled={total === 0}>
        {t('audit.export')}
      </Button>
    </Group>
  );
}

const PAGE = 100;

async function collect(
  ask: Send,
  filter: AuditFilter,
  tell: (done: number) => void,
): Promise<AuditEvent[] | undefined> {
  const events: AuditEvent[] = [];
  let after: string | null = null;
  for (;;) {
    const outcome: Awaited<ReturnType<typeof page>> = await page(ask, filter, after);
    if (!outcome.ok) return undefined;
    const { nodes, pageInfo } = outcome.data.auditEvents;
    events.push(...nodes);
    tell(events.length);
    if (!pageInfo.hasNextPage) return events;
    after = pageInfo.endCursor;
  }
}

function page(ask: Send, filter: AuditFilter, after: string | null) {
  return ask(AuditEvents, { first: PAGE, after, filter });
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `fieldgate-audit-${new Date().toISOString().slice(0, 10)}.ndjson`;
  link.click();
  URL.revokeObjectURL(url);
}
