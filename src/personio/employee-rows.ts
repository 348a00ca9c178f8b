import { CUSTOM_TYPES, customKey, type Attribute } from '../attributes/attribute';
import type { ImportMap, TargetOptions } from '../importing/import-map';
import { customCell, declaredOf, DYNAMIC_NAME, type DeclaredAttribute } from './custom-attributes';
import type { PersonioAttribute, PersonioEmployee } from './personio-answer';
import { KEPT_HERE, STANDARD_ATTRIBUTES } from './standard-attributes';

/** An attribute that Personio told and the import does not take. */
export interface LeftOut {
  readonly key: string;
  readonly label: string | null;
  readonly reason: string;
}

export interface EmployeeRowOptions {
  /** Of amounts that tell none. */
  readonly currency?: string;
  /** False leaves out what the company made itself. */
  readonly custom?: boolean;
  /** Attributes that are not wanted, by Personio's names. */
  readonly leaveOut?: readonly string[];
}

/** The column of Personio's own id, which is the personnel number here. */
const ID = 'id';
/** Attributes that are told as left out; a hostile answer could have any number. */
const MOST_LEFT_OUT = 200;

/** Turns people into rows, and learns from them what the columns are. */
export class EmployeeRows {
  private readonly standard = new Set<string>();
  private readonly declared = new Map<string, DeclaredAttribute>();
  private readonly omitted = new Map<string, LeftOut>();

  /** @param existing the custom attributes in use */
  constructor(
    private readonly options: EmployeeRowOptions,
    private readonly existing: readonly Attribute[],
  ) {}

  rowOf({ id, attributes }: PersonioEmployee): Record<string, unknown> {
    const cells: [string, unknown][] = [[ID, id]];
    for (const [key, attribute] of attributes) {
      if (key === ID) continue;
      const reason = this.reasonAgainst(key);
      if (reason === undefined) cells.push([key, this.cellOf(key, attribute)]);
      else this.leaveOut(key, attribute, reason);
    }
    return Object.fromEntries(cells);
  }

  get leftOut(): readonly LeftOut[] {
    return [...this.omitted.values()];
  }

  /** What the columns of all rows so far are. */
  get map(): ImportMap {
    const standard = [...this.standard].flatMap((key): [string, TargetOptions[]][] => {
      const known = STANDARD_ATTRIBUTES.get(key);
      return known ? [[key, [known.target]]] : [];
    });
    const custom = [...this.declared.keys()].map((key): [string, TargetOptions[]] => [
      key,
      [{ attribute: customKey(key) }],
    ]);
    return {
      key: ID,
      unmapped: 'refuse',
      columns: Object.fromEntries<TargetOptions[]>([...standard, ...custom]),
      constants: {},
      // Nobody has said how harmful they are, so they count as harmful.
      customAttributes: Object.fromEntries(
        [...this.declared].map(([key, { label, type }]) => [key, { label, type, sensitivity: 'HIGH' as const }]),
      ),
    };
  }

  private reasonAgainst(key: string): string | undefined {
    if (this.options.leaveOut?.includes(key)) return 'not wanted';
    if (KEPT_HERE.has(key)) return 'the gateway keeps this itself';
    if (STANDARD_ATTRIBUTES.has(key)) return undefined;
    if (!DYNAMIC_NAME.test(key)) return 'the catalogue has no such attribute';
    return this.options.custom === false ? 'custom attributes are not wanted' : undefined;
  }

  private cellOf(key: string, attribute: PersonioAttribute): unknown {
    const known = STANDARD_ATTRIBUTES.get(key);
    if (known) {
      this.standard.add(key);
      return known.cell(attribute, this.options.currency);
    }
    const declared = this.declared.get(key) ?? declaredOf(key, attribute, this.typeOf(key));
    this.declared.set(key, declared);
    return customCell(attribute, declared.type);
  }

  private typeOf(key: string): DeclaredAttribute['type'] | undefined {
    const known = this.existing.find((attribute) => attribute.key === customKey(key));
    return CUSTOM_TYPES.find((type) => type === known?.type);
  }

  private leaveOut(key: string, { label }: PersonioAttribute, reason: string): void {
    if (this.omitted.has(key) || this.omitted.size >= MOST_LEFT_OUT) return;
    this.omitted.set(key, { key: key.slice(0, 100), label: label?.slice(0, 100) ?? null, reason });
  }
}
