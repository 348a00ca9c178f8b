import sql, { raw, type Sql } from 'sql-template-tag';
import type { AttributeType } from '../../attributes/attribute';
import { requireSystemAttribute, type SystemAttributeKey } from '../../attributes/system-attributes';
import type { Dialect } from '../../store/store';
import { EMPLOYEE_COLUMNS } from '../employee-columns';
import { all, any, condition, entriesOf, listOf, type OperandKind } from './condition.store';
import { customCondition } from './custom-filter.store';
import { unusable } from './operand';

/** Conditions of one filter: SQLite takes expressions of 1,000 levels, and nobody writes a hundred. */
const MOST_CONDITIONS = 200;
/** Values that one filter binds: SQLite binds 32,766 in a statement. */
const MOST_OPERANDS = 10_000;

const KINDS: Partial<Readonly<Record<AttributeType, OperandKind>>> = {
  TEXT: 'text',
  MULTILINE: 'text',
  LINK: 'text',
  LIST: 'text',
  INTEGER: 'number',
  DECIMAL: 'number',
  DATE: 'day',
  DATE_TIME: 'moment',
  ID: 'id',
};

/**
 * Translates an `EmployeeFilter` that has passed the gate. Pure: names of tables and columns come from the registry, and
 * whatever a client said is a bound value.
 *
 * @param row the alias of the `employee` row that the filter is about
 * @throws GatewayError BAD_USER_INPUT for what cannot be compared, or is too much
 */
export function employeeFilter(filter: unknown, row: string, dialect: Dialect): Sql {
  const translated = new EmployeeFilterTranslation(dialect).employee(filter, row);
  if (translated.values.length > MOST_OPERANDS) throw unusable('A filter compares with at most 10,000 values.');
  return translated;
}

class EmployeeFilterTranslation {
  private conditions = 0;
  private rows = 0;

  constructor(private readonly dialect: Dialect) {}

  employee(filter: unknown, row: string): Sql {
    const entries = entriesOf(filter);
    // An empty filter is a condition too: it stands in the statement and makes it deeper.
    if (entries.length === 0) this.count();
    return all(entries.map(([name, said]) => this.part(name, said, row)));
  }

  private part(name: string, said: unknown, row: string): Sql {
    this.count();
    switch (name) {
      case 'and':
        return all(listOf(said).map((filter) => this.employee(filter, row)));
      case 'or':
        return any(listOf(said).map((filter) => this.employee(filter, row)));
      case 'not':
        return sql`NOT ${this.employee(said, row)}`;
      case 'custom':
        return all(listOf(said).map((one) => this.custom(one, row)));
      default:
        return this.attribute(name as SystemAttributeKey, said, row);
    }
  }

  private custom(said: unknown, row: string): Sql {
    this.count();
    return customCondition(said, row, this.dialect);
  }

  private attribute(key: SystemAttributeKey, said: unknown, row: string): Sql {
    const { type } = requireSystemAttribute(key);
    switch (type) {
      case 'EMPLOYEE':
        return this.related(key, said, row);
      case 'MONEY':
        return this.money(key, said, row);
      case 'ORGANIZATION_UNIT':
        return this.unit(key, said, row);
      case 'COST_CENTERS':
        return this.items(said, (filter) => this.costCenter(filter, row));
      case 'ABSENCE_ENTITLEMENT':
        return this.items(said, (filter) => this.entitlement(key, filter, row));
      default:
        return condition(columnOf(key, row), KINDS[type] ?? 'text', said, this.dialect);
    }
  }

  private related(key: SystemAttributeKey, said: unknown, row: string): Sql {
    const other = this.nextRow();
    const filter = this.employee(said, other);
    return sql`EXISTS (SELECT 1 FROM employee ${raw(other)} WHERE ${raw(other)}.id = ${columnOf(key, row)} AND ${filter})`;
  }

  private money(key: SystemAttributeKey, said: unknown, row: string): Sql {
    return this.parts(said, {
      amount: (filter) => condition(columnOf(key, row, 0), 'number', filter, this.dialect),
      currency: (filter) => condition(columnOf(key, row, 1), 'text', filter, this.dialect),
      isNull: (wanted) => condition(columnOf(key, row, 0), 'number', { isNull: wanted }, this.dialect),
    });
  }

  private unit(key: SystemAttributeKey, said: unknown, row: string): Sql {
    const id = columnOf(key, row);
    const name = sql`(SELECT u.name FROM ${raw(key)} u WHERE u.id = ${id})`;
    return this.parts(said, {
      id: (filter) => condition(id, 'id', filter, this.dialect),
      name: (filter) => condition(name, 'text', filter, this.dialect),
      isNull: (wanted) => condition(id, 'id', { isNull: wanted }, this.dialect),
    });
  }

  private items(said: unknown, exists: (filter: unknown) => Sql): Sql {
    return this.parts(said, { some: exists, none: (filter) => sql`NOT ${exists(filter)}` });
  }

  private costCenter(said: unknown, row: string): Sql {
    const filter = this.parts(said, {
      id: (id) => condition(sql`share.cost_center_id`, 'id', id, this.dialect),
      name: (name) => condition(sql`center.name`, 'text', name, this.dialect),
      percentage: (percentage) => condition(sql`share.percentage`, 'number', percentage, this.dialect),
    });
    return sql`EXISTS (SELECT 1 FROM employee_cost_center share JOIN cost_center center ON center.id = share.cost_center_id
      WHERE share.employee_id = ${raw(row)}.id AND ${filter})`;
  }

  private entitlement(key: SystemAttributeKey, said: unknown, row: string): Sql {
    const [type, days] = this.dialect === 'sqlite' ? SQLITE_ENTITLEMENT : POSTGRES_ENTITLEMENT;
    const filter = this.parts(said, {
      type: (text) => condition(type, 'text', text, this.dialect),
      days: (number) => condition(days, 'number', number, this.dialect),
    });
    const column = columnOf(key, row);
    const entries = this.dialect === 'sqlite' ? sql`json_each(${column})` : sql`jsonb_array_elements(${column}::jsonb)`;
    return sql`EXISTS (SELECT 1 FROM ${entries} entry WHERE ${filter})`;
  }

  private parts(said: unknown, translations: Readonly<Record<string, (said: unknown) => Sql>>): Sql {
    return all(
      entriesOf(said).map(([name, value]) => {
        this.count();
        const translate = translations[name];
        if (!translate) throw new Error(`Nobody has said what ${name} compares.`);
        return translate(value);
      }),
    );
  }

  private nextRow(): string {
    this.rows += 1;
    return `related${this.rows}`;
  }

  private count(): void {
    this.conditions += 1;
    if (this.conditions > MOST_CONDITIONS) throw unusable('A filter has at most 200 conditions.');
  }
}

const SQLITE_ENTITLEMENT = [sql`(entry.value ->> 'type')`, sql`(entry.value ->> 'days')`] as const;
const POSTGRES_ENTITLEMENT = [
  sql`(entry.value ->> 'type')`,
  sql`CAST(entry.value ->> 'days' AS double precision)`,
] as const;

/** A column of the registry. */
export function columnOf(key: SystemAttributeKey, row: string, index = 0): Sql {
  const column = EMPLOYEE_COLUMNS[key][index];
  if (column === undefined) throw new Error(`${key} has no column of its own.`);
  return raw(`${row}.${column}`);
}
