import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { LanguageSwitch } from '../layout/language-switch';
import { Logo } from '../layout/logo';
import { SchemeSwitch } from '../layout/scheme-switch';
import classes from './door.module.css';

interface DoorProps {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** What one sees before being inside: sign-in and setup. */
export function Door({ title, text, children }: DoorProps): React.JSX.Element {
  useDocumentTitle(`${title} · Fieldgate`);
  return (
    <Box className={classes.page}>
      <Group component="header" justify="space-between" className={classes.header}>
        <Logo />
        <Group gap="xs">
          <LanguageSwitch />
          <SchemeSwitch />
        </Group>
      </Group>
      <main className={classes.main}>
        <Stack className={classes.card} gap="lg">
          <Stack gap={6}>
            <Title order={1}>{title}</Title>
            {text !== undefined && <Text c="dimmed">{text}</Text>}
          </Stack>
          {children}
        </Stack>
      </main>
    </Box>
  );
}
