import { useGraphiQL } from '@graphiql/react';
import { Button, Group, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../layout/icon';
import type { ToldFinding } from './use-findings';
import type { Wishes } from './use-wishes';
import { wishesOfLack } from './wishes';
import classes from './workbench.module.css';

interface FindingsProps {
  /** Undefined while the operation could not be checked, which must not read as if nothing were denied. */
  readonly findings: readonly ToldFinding[] | undefined;
  readonly wishes: Wishes;
}

/** What will be denied, in words: for those who do not see the marks, and for all to read before they send it. */
export function Findings({ findings, wishes }: FindingsProps): React.JSX.Element {
  const { t } = useTranslation('playground');
  const editor = useGraphiQL((state) => state.queryEditor);
  const show = ({ start }: ToldFinding): void => {
    const position = editor?.getModel()?.getPositionAt(start);
    if (!editor || !position) return;
    editor.setPosition(position);
    editor.revealPositionInCenter(position);
    editor.focus();
  };
  const { asked, ask } = wishes;
  const found = findings ?? [];
  const missing = found.flatMap(({ lack }) => wishesOfLack(lack)).filter((wish) => !asked.has(wish));
  return (
    <div className={classes.findings} data-some={found.length > 0 || undefined}>
      <Group justify="space-between" gap="xs">
        <p role="status" className={classes.count}>
          {findings && <Icon name={found.length > 0 ? 'warning' : 'check'} size={16} />}
          {findings && (found.length > 0 ? t('findings.count', { count: found.length }) : t('findings.none'))}
        </p>
        {missing.length > 0 && (
          <Button variant="default" size="compact-xs" onClick={() => ask(missing)}>
            {t('findings.ask')}
          </Button>
        )}
      </Group>
      {found.length > 0 && (
        <ul aria-label={t('findings.title')} tabIndex={0}>
          {found.map((finding) => (
            <li key={`${finding.start} ${finding.text}`}>
              <UnstyledButton title={t('findings.show')} onClick={() => show(finding)}>
                {finding.text}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
