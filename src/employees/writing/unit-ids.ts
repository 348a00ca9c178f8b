import { ensureUnits, type UnitTable } from '../../organization/organization-unit.store';
import { ORGANIZATION_UNITS } from '../../organization/organization-unit.entity';
import type { Run } from '../../store/statement';
import type { GivenValues } from '../values/attribute-input';
import { costCentersIn } from './stored-employee';

const TABLES: readonly UnitTable[] = [...ORGANIZATION_UNITS, 'cost_center'];

/** The ids of the units that somebody has named, created when there was none of the name. */
export class UnitIds {
  private readonly ids = new Map<UnitTable, Map<string, number>>(TABLES.map((table) => [table, new Map()]));

  constructor(private readonly run: Run) {}

  /** Afterwards `of` knows every unit that these people belong to. */
  async ensure(drafts: readonly GivenValues[]): Promise<void> {
    for (const [table, known] of this.ids) {
      const names = new Set(drafts.flatMap((draft) => namesIn(draft, table)));
      const missing = [...names].filter((name) => !known.has(name));
      for (const [name, id] of await ensureUnits(this.run, table, missing)) known.set(name, id);
    }
  }

  /** @throws Error when `ensure` has not met the name */
  of(table: UnitTable, name: string): number {
    const id = this.ids.get(table)?.get(name);
    if (id === undefined) throw new Error(`There is no ${table} of this name.`);
    return id;
  }
}

function namesIn(draft: GivenValues, table: UnitTable): string[] {
  if (table === 'cost_center') return costCentersIn(draft).map(({ name }) => name);
  const name = draft.values.get(table);
  return typeof name === 'string' ? [name] : [];
}
