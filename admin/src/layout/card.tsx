import { Group, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  readonly title?: ReactNode;
  readonly text?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without padding around the content, for tables. */
  readonly flush?: boolean;
}

/** A named part of a page. */
export function Card({ title, text, actions, children, flush = false }: CardProps): React.JSX.Element {
  const id = useId();
  return (
    <section className={classes.card} {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      {title !== undefined && (
        <Group justify="space-between" align="flex-start" className={classes.head}>
          <Stack gap={2}>
            <Title order={2} id={id}>
              {title}
            </Title>
            {text !== undefined && (
              <Text size="sm" c="dimmed">
                {text}
              </Text>
            )}
          </Stack>
          {actions}
        </Group>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
