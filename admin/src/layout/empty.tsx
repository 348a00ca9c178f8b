import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import classes from './empty.module.css';

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** Says why there is nothing here, and how to change that. */
export function Empty({ icon, title, text, children }: EmptyProps): React.JSX.Element {
  return (
    <Stack align="center" gap="xs" className={classes.empty}>
      <span className={classes.icon}>
        <Icon name={icon} size={24} />
      </span>
      <Title order={2} mt="xs">
        {title}
      </Title>
      <Text c="dimmed" size="sm" maw="32rem">
        {text}
      </Text>
      {children}
    </Stack>
  );
}
