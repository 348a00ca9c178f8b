import { Group, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { CredentialChoices } from './use-choices';
import classes from './credential-drawer.module.css';
import type { Draft } from './draft';

/** What every part of the form works with. */
export interface SectionProps {
  readonly draft: Draft;
  readonly choices: CredentialChoices | undefined;
  readonly errors: Readonly<Record<string, string>>;
  readonly isReadOnly: boolean;
  readonly change: (update: (draft: Draft) => Draft) => void;
}

interface SectionFrameProps {
  readonly title: string;
  readonly text?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, text, actions, children }: SectionFrameProps): React.JSX.Element {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" mb="sm" wrap="nowrap">
        <div>
          <Title order={3} id={id}>
            {title}
          </Title>
          {text !== undefined && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </Group>
      {children}
    </section>
  );
}
