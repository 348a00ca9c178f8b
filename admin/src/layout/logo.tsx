import { Group, Text } from '@mantine/core';

/** The gate: an arch with two bars. */
export function Logo(): React.JSX.Element {
  return (
    <Group gap={10} wrap="nowrap">
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden focusable="false">
        <rect width="32" height="32" rx="8" fill="#176653" />
        <path
          d="M8 24V13.5a8 8 0 0 1 16 0V24M13.3 24V10M18.7 24V10"
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      </svg>
      <Text fw={680} size="md" style={{ letterSpacing: '-0.015em' }}>
        Fieldgate
      </Text>
    </Group>
  );
}
