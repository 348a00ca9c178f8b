import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly text?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Text and forms read better narrow; tables want the room. */
  readonly width?: 'NARROW' | 'WIDE';
}

export function Page({ title, text, actions, children, width = 'WIDE' }: PageProps): React.JSX.Element {
  useDocumentTitle(`${title} · Fieldgate`);
  return (
    <div className={classes.page} data-width={width}>
      <Group justify="space-between" align="flex-start" gap="md" className={classes.head}>
        <Stack gap={4} maw="44rem">
          <Title order={1}>{title}</Title>
          {text !== undefined && (
            <Text c="dimmed" size="sm">
              {text}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
