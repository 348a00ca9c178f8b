import { Table, TableForeignKey, TableIndex, TableUnique, type QueryRunner, type TableColumnOptions } from 'typeorm';

/** A column of a migration: NOT NULL unless `optional`. */
export interface MigrationColumn extends TableColumnOptions {
  readonly references?: { readonly table: string; readonly onDelete?: 'CASCADE' };
  readonly index?: string;
  readonly uniqueIndex?: string;
}

const column =
  (type: string) =>
  (name: string, options: Partial<MigrationColumn> = {}): MigrationColumn => ({ name, type, ...options });

export const text = column('text');
export const integer = column('integer');
export const boolean = column('boolean');
export const bigint = column('bigint');
export const double = column('double precision');

export const optional = { isNullable: true } as const;
export const primary = { isPrimary: true } as const;

/** An id that the database counts up and never gives twice. */
export function generatedId(): MigrationColumn {
  return integer('id', { isPrimary: true, isGenerated: true, generationStrategy: 'increment' });
}

/** Creates a table with its foreign keys and indexes, in the dialect of `runner`. */
export async function createTable(
  runner: QueryRunner,
  name: string,
  columns: readonly MigrationColumn[],
): Promise<void> {
  const table = new Table({
    name,
    columns: columns.map(
      ({ references: _references, index: _index, uniqueIndex: _uniqueIndex, isUnique: _unique, ...rest }) => rest,
    ),
    foreignKeys: columns.flatMap(foreignKeyOf),
    uniques: columns
      .filter(({ isUnique }) => isUnique)
      .map((unique) => new TableUnique({ columnNames: [unique.name] })),
    indices: columns.flatMap(indexOf),
  });
  await runner.createTable(table);
}

function foreignKeyOf({ name, references }: MigrationColumn): TableForeignKey[] {
  if (!references) return [];
  return [
    new TableForeignKey({
      columnNames: [name],
      referencedTableName: references.table,
      referencedColumnNames: ['id'],
      ...(references.onDelete ? { onDelete: references.onDelete } : {}),
    }),
  ];
}

function indexOf({ name, index, uniqueIndex }: MigrationColumn): TableIndex[] {
  const indexName = uniqueIndex ?? index;
  return indexName
    ? [new TableIndex({ name: indexName, columnNames: [name], isUnique: uniqueIndex !== undefined })]
    : [];
}
