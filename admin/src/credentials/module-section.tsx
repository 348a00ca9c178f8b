import { Checkbox, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MODULES, type Direction, type Draft, type Module } from './draft';
import { Section, type SectionProps } from './section';

const DIRECTIONS: readonly Direction[] = ['read', 'write'];

/** The boxes: what may be read, what may be written. */
export function ModuleSection({ draft, change, isReadOnly }: SectionProps): React.JSX.Element {
  const { t } = useTranslation();
  const set = (module: Module, direction: Direction, on: boolean): void =>
    change((before): Draft => ({
      ...before,
      modules: { ...before.modules, [module]: { ...before.modules[module], [direction]: on } },
    }));
  return (
    <Section title={t('modules.title')} text={t('modules.text')}>
      <Table withTableBorder verticalSpacing="xs" horizontalSpacing="sm" aria-label={t('modules.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('modules.module')}</Table.Th>
            {DIRECTIONS.map((direction) => (
              <Table.Th key={direction} scope="col" w={96} ta="center">
                {t(`direction.${direction}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {MODULES.map((module) => (
            <Table.Tr key={module}>
              <Table.Th scope="row" fw={500}>
                {t(`module.${module}`)}
              </Table.Th>
              {DIRECTIONS.map((direction) => (
                <Table.Td key={direction}>
                  <Checkbox
                    mx="auto"
                    w="fit-content"
                    aria-label={`${t(`module.${module}`)}: ${t(`direction.${direction}`)}`}
                    checked={draft.modules[module][direction]}
                    disabled={isReadOnly}
                    onChange={({ currentTarget }) => set(module, direction, currentTarget.checked)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
