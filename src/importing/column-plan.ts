import type { Attribute, AttributeKey } from '../attributes/attribute';
import { excerpt, ImportError } from '../tabular/problem';
import type { AttributeInput } from '../employees/values/attribute-input';
import { readValue } from '../employees/values/attribute-value';
import type { ImportMap, TargetOptions } from './import-map';

/** What columns can feed: attributes of people, or the fields of a record, which are described in the same way. */
export interface ImportFields {
  /** What messages call one of them. */
  readonly noun: 'attribute' | 'field';
  find(key: AttributeKey): Attribute | undefined;
  /** @returns what a column is to become that nobody has named, or undefined when it can become nothing */
  forColumn(column: string): Attribute | undefined;
}

/** An attribute that a column feeds. */
export interface Target {
  readonly attribute: Attribute;
  readonly options: TargetOptions;
}

/** What becomes of one column. */
export interface ColumnUse {
  readonly targets: readonly Target[];
  /** Feeds an attribute of HIGH sensitivity, so no message may show what stands in it. */
  readonly isSecret: boolean;
}

const UNUSED: ColumnUse = { targets: [], isSecret: false };

/**
 * Says for every column of a file which attributes it feeds. Columns that the map does not name are judged when they are
 * first met, because the objects of a JSON file need not have the same keys.
 */
export class ColumnPlan {
  readonly constants: ReadonlyMap<AttributeKey, AttributeInput>;
  private readonly uses = new Map<string, ColumnUse>();
  private readonly seen = new Set<string>();
  private readonly expected: readonly string[];

  /**
   * @param map absent means that the columns are called as the attributes are
   * @param needed the columns without which nothing can be taken
   * @throws ImportError naming everything in the map that fits no attribute
   */
  constructor(
    private readonly map: ImportMap | undefined,
    private readonly fields: ImportFields,
    needed: readonly string[],
  ) {
    this.expected = [...needed, ...Object.keys(map?.columns ?? {}), ...currencyColumns(map)];
    const problems = this.addMapped();
    this.constants = this.readConstants(problems);
    problems.push(...this.attributesFedTwice());
    if (problems.length > 0) throw new ImportError(['The map cannot be used:', ...problems].join('\n  '));
  }

  use(column: string): ColumnUse {
    return this.uses.get(column) ?? UNUSED;
  }

  /** The columns that feed attributes. */
  get columns(): IterableIterator<[string, ColumnUse]> {
    return this.uses.entries();
  }

  /** Every attribute that the file or the map gives. Complete when every row has been met. */
  get attributes(): readonly Attribute[] {
    const constants = [...this.constants.keys()].flatMap((key) => this.fields.find(key) ?? []);
    return [
      ...[...this.uses.values()].flatMap(({ targets }) => targets.map(({ attribute }) => attribute)),
      ...constants,
    ];
  }

  /**
   * Takes note of a row's columns.
   *
   * @throws ImportError naming the columns that nobody knows
   */
  meet(columns: Iterable<string>): void {
    const unknown: string[] = [];
    for (const column of columns) {
      if (this.seen.has(column)) continue;
      this.seen.add(column);
      if (!this.expected.includes(column) && !this.addUnmapped(column)) unknown.push(excerpt(column));
    }
    if (unknown.length > 0) throw new ImportError(this.unknownMessage(unknown));
  }

  /** @throws ImportError naming the columns of the map that no row had */
  assertAllMet(): void {
    const missing = this.expected.filter((column) => !this.seen.has(column)).map((column) => excerpt(column));
    if (missing.length === 0) return;
    const hint = this.map ? 'which the map names' : 'and the personnel number is what people are recognised by';
    throw new ImportError(`The file has no column ${missing.join(', ')}, ${hint}.`);
  }

  private addMapped(): string[] {
    return Object.entries(this.map?.columns ?? {}).flatMap(([column, options]) => {
      const [targets, problems] = this.targetsOf(options);
      this.addUse(column, targets);
      return problems.map((problem) => `columns.${column}: ${problem}`);
    });
  }

  private targetsOf(list: readonly TargetOptions[]): readonly [Target[], string[]] {
    const targets: Target[] = [];
    const problems: string[] = [];
    for (const options of list) {
      const attribute = this.fields.find(options.attribute);
      const problem = attribute
        ? misfit(attribute, options)
        : `${excerpt(options.attribute)} is no ${this.fields.noun}`;
      if (problem !== undefined) problems.push(problem);
      else if (attribute) targets.push({ attribute, options });
    }
    return [targets, problems];
  }

  private addUse(column: string, targets: readonly Target[]): void {
    this.uses.set(column, { targets, isSecret: targets.some(({ attribute }) => attribute.sensitivity === 'HIGH') });
  }

  /** @returns whether something is to become of the column, be it nothing */
  private addUnmapped(column: string): boolean {
    if (this.map?.unmapped === 'ignore') return true;
    const attribute = this.map?.unmapped === 'custom' ? this.fields.forColumn(column) : this.sameName(column);
    if (!attribute || attribute.readOnly) return false;
    if (this.attributes.some(({ key }) => key === attribute.key)) return false;
    this.addUse(column, [{ attribute, options: { attribute: attribute.key } }]);
    return true;
  }

  private sameName(column: string): Attribute | undefined {
    return this.map ? undefined : this.fields.find(column);
  }

  private readConstants(problems: string[]): Map<AttributeKey, AttributeInput> {
    const constants = new Map<AttributeKey, AttributeInput>();
    for (const [key, cell] of Object.entries(this.map?.constants ?? {})) {
      const attribute = this.fields.find(key);
      const reading =
        attribute && !attribute.readOnly ? readValue(attribute, {}, cell) : { reason: `is no ${this.fields.noun}` };
      if ('reason' in reading) problems.push(`constants.${key}: ${excerpt(cell)} ${reading.reason}`);
      else constants.set(key, reading.value);
    }
    return constants;
  }

  private attributesFedTwice(): string[] {
    const keys = this.attributes.map(({ key }) => key);
    const twice = new Set(keys.filter((key, at) => keys.indexOf(key) !== at));
    return [...twice].map((key) => `${key} is given by more than one column or constant`);
  }

  private unknownMessage(unknown: readonly string[]): string {
    const names = unknown.join(', ');
    if (!this.map)
      return `No ${this.fields.noun} is called ${names}. Name columns by their keys, or write a map (--map).`;
    if (this.map.unmapped === 'custom') return `No custom attribute can be made of ${names}. Name them in the map.`;
    return `The map does not say what becomes of ${names}. Name them in it, or set "unmapped" to "ignore" or "custom".`;
  }
}

function currencyColumns(map: ImportMap | undefined): string[] {
  return Object.values(map?.columns ?? {}).flatMap((targets) =>
    targets.flatMap((target) => target.currencyColumn ?? []),
  );
}

function misfit(attribute: Attribute, options: TargetOptions): string | undefined {
  const { key, type } = attribute;
  if (attribute.readOnly) return `${key} is kept by the gateway itself`;
  if (options.format && type !== 'DATE') return `"format" is for days, which ${key} is not`;
  if (options.decimal && type !== 'DECIMAL' && type !== 'MONEY') return `"decimal" is for numbers, which ${key} is not`;
  if ((options.currency ?? options.currencyColumn) !== undefined && type !== 'MONEY') {
    return `a currency is for amounts of money, which ${key} is not`;
  }
  if (options.currency && options.currencyColumn) return 'give "currency" or "currencyColumn", not both';
  if (options.by && type !== 'EMPLOYEE') return `"by" is for persons, which ${key} is not`;
  return undefined;
}
