import type { DataSource, EntityMetadata } from 'typeorm';
import { RateCountEntity } from '../../rates/rate-count.entity';

/** How a column's values are written, whatever the database calls the type. */
export type ColumnKind = 'text' | 'boolean' | 'integer' | 'number';

export interface ColumnShape {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** What copying a table needs to know of it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly primaryKey: readonly string[];
  /** The column that the database counts up, if there is one. */
  readonly counted: string | undefined;
}

/**
 * Every table that an entity describes, but for the counts that may be lost at any time, in an order in which each comes after those that it refers to.
 *
 * @throws Error when tables refer to each other in a circle; a table may refer to itself
 */
export function tableShapes({ entityMetadatas }: DataSource): readonly TableShape[] {
  const kept = entityMetadatas.filter(({ target }) => target !== RateCountEntity);
  const waiting = new Map(kept.map((metadata) => [metadata.tableName, metadata]));
  const ordered: TableShape[] = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].filter((metadata) => !referencesAny(metadata, waiting));
    if (next.length === 0) throw new Error(`These tables refer to each other: ${[...waiting.keys()].join(', ')}.`);
    for (const metadata of next) {
      ordered.push(shapeOf(metadata));
      waiting.delete(metadata.tableName);
    }
  }
  return ordered;
}

function referencesAny({ tableName, foreignKeys }: EntityMetadata, tables: ReadonlyMap<string, unknown>): boolean {
  return foreignKeys
    .map(({ referencedEntityMetadata }) => referencedEntityMetadata.tableName)
    .some((name) => name !== tableName && tables.has(name));
}

function shapeOf({ tableName, columns }: EntityMetadata): TableShape {
  return {
    name: tableName,
    columns: columns.map(({ databaseName, type }) => ({ name: databaseName, kind: kindOf(type) })),
    primaryKey: columns.filter(({ isPrimary }) => isPrimary).map(({ databaseName }) => databaseName),
    counted: columns.find(({ isGenerated }) => isGenerated)?.databaseName,
  };
}

function kindOf(type: unknown): ColumnKind {
  switch (type) {
    case 'text':
    case String:
      return 'text';
    case 'boolean':
    case Boolean:
      return 'boolean';
    case 'integer':
    case 'int':
    case 'bigint':
      return 'integer';
    case 'double precision':
    case 'float':
    case Number:
      return 'number';
    default:
      throw new Error(`Columns of the type ${String(type)} cannot be copied yet.`);
  }
}
