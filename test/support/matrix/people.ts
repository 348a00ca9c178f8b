import sql, { raw } from 'sql-template-tag';
import { isCustomKey } from '../../../src/attributes/attribute';
import type { Clock } from '../../../src/clock';
import { present } from '../present';
import type { TestCredential, TestGateway } from '../gateway';
import type { Person } from '../oracle';
import { ATTRIBUTES, type MatrixAttribute } from './attributes';

/** A clock that goes on when it is told to. */
export class HandClock implements Clock {
  private moment = Date.parse('2025-01-01T00:00:00.000Z');

  now(): string {
    return new Date(this.moment).toISOString();
  }

  advance(): string {
    this.moment += 60_000;
    return this.now();
  }
}

/** As many people as attributes, so that each attribute changes for one of them alone. */
const PEOPLE = ATTRIBUTES.length;
const CREATED_AT_ONCE = 9;

/** What is known of everybody, worked out from what was written and never from what was read. */
export interface Company {
  readonly people: readonly Person[];
  readonly touched: ReadonlyMap<string, Touch>;
  /** A cursor of the feed of changes behind which only the touches stand. */
  readonly feedStart: string;
}

/** The change of one attribute of one person that came at a moment of its own. */
export interface Touch {
  readonly moment: string;
  readonly personId: string;
}

/** A person's value of an attribute, in the form in which it is written. */
export function valueOf(attribute: MatrixAttribute, variant: number): unknown {
  const { number, type, key, options } = attribute;
  const word = `Zq${number}x${variant}x`;
  switch (type) {
    case 'TEXT':
      return key === 'email' ? `${word.toLowerCase()}@example.com` : `${word} Ölrest`;
    case 'MULTILINE':
      return `${word} Öl\nzweite Zeile`;
    case 'LINK':
      return `https://example.com/${word}`;
    case 'LIST':
      return options[variant % options.length];
    case 'INTEGER':
      return number + variant * 10;
    case 'DECIMAL':
      return number + variant * 10 + 0.5;
    case 'DATE':
      // The catalogue names the days of a career in their order.
      return `${2000 + number}-0${(variant % 9) + 1}-15`;
    case 'BOOLEAN':
      return variant % 2 === 0;
    case 'TAGS':
      return [word, 'Common'];
    case 'MONEY':
      return { amount: 1000 * number + variant * 100 + 0.25, currency: 'EUR' };
    case 'ORGANIZATION_UNIT':
      return `Unit ${word}`;
    case 'COST_CENTERS':
      return [
        { name: `Center ${word}`, percentage: 60 + (variant % 30) },
        { name: 'Center of all', percentage: 40 - (variant % 30) },
      ];
    case 'ABSENCE_ENTITLEMENT':
      return [{ type: `Leave ${word}`, days: 20 + variant }];
    case 'EMPLOYEE':
    case 'ID':
    case 'DATE_TIME':
      return null;
  }
}

/** Attributes vary at different paces, so that one is not a copy of another; the fourth value is none. */
function variantFor({ number, key }: MatrixAttribute, person: number): number {
  if (key === 'email') return person;
  return Math.floor(person / (1 + (number % 3))) % 4;
}

function writtenFor(attribute: MatrixAttribute, person: number): unknown {
  const variant = variantFor(attribute, person);
  return attribute.key !== 'email' && variant === 3 ? null : valueOf(attribute, variant);
}

/** The input of a mutation that gives these values. */
export function inputOf(values: ReadonlyMap<string, unknown>): object {
  const custom = [...values].filter(([key]) => isCustomKey(key));
  return {
    ...Object.fromEntries([...values].filter(([key]) => !isCustomKey(key))),
    ...(custom.length > 0
      ? { customAttributes: custom.map(([key, value]) => ({ key: key.slice('custom.'.length), value })) }
      : {}),
  };
}

/** Puts the custom attributes in, with ids that are like no other number. */
export async function addMatrixAttributes({ house: { store } }: TestGateway): Promise<void> {
  await store.write(async (manager) => {
    for (const { id, key, type, options } of ATTRIBUTES) {
      if (id === null) continue;
      await manager.query(
        `INSERT INTO custom_attribute (id, name, label_en, label_de, type, sensitivity, options)
          VALUES (${id}, '${key.slice('custom.'.length)}', 'Matrix', 'Matrix', '${type}', 'LOW', '${JSON.stringify(options)}')`,
      );
    }
  });
}

/**
 * Fills the store through the API: everybody appears, gets a supervisor, and then one attribute after the other gets its last
 * value, each for a person of its own and at a moment of its own.
 */
export async function foundCompany(gateway: TestGateway, writer: TestCredential, clock: HandClock): Promise<Company> {
  const writable = ATTRIBUTES.filter(({ readOnly }) => !readOnly);
  const plain = writable.filter(({ type }) => type !== 'EMPLOYEE');
  const created: { readonly id: string; readonly at: string }[] = [];
  for (let from = 0; from < PEOPLE; from += CREATED_AT_ONCE) {
    const at = clock.advance();
    const rows = numbers(Math.min(CREATED_AT_ONCE, PEOPLE - from)).map((offset) => ({
      personnelNumber: `matrix-${from + offset}`,
      values: inputOf(new Map(plain.map((attribute) => [attribute.key, firstValue(attribute, from + offset)]))),
    }));
    for (const id of await upsert(gateway, writer, rows)) created.push({ id, at });
  }
  const idOf = (person: number) => present(created[person]).id;
  const supervised = clock.advance();
  await upsert(
    gateway,
    writer,
    numbers(PEOPLE - 1).map((before) => ({
      id: idOf(before + 1),
      values: { supervisor: idOf(Math.floor(before / 3)) },
    })),
  );
  const feedStart = await lastCursor(gateway, writer);
  const touched = new Map<string, Touch>();
  for (const attribute of writable) {
    const moment = clock.advance();
    const personId = idOf(attribute.number);
    const last = attribute.type === 'EMPLOYEE' ? idOf(0) : lastValue(attribute, attribute.number);
    await upsert(gateway, writer, [{ id: personId, values: inputOf(new Map([[attribute.key, last]])) }]);
    touched.set(attribute.key, { moment, personId });
  }
  const units = await unitIds(gateway);
  const people = created.map(({ id, at }, person) => {
    const own = ATTRIBUTES[person];
    const touch = own && touched.get(own.key);
    const system = plain
      .filter(({ key }) => !isCustomKey(key))
      .map((attribute) => [attribute.key, served(attribute, lastValue(attribute, person), units)] as const);
    const custom = plain
      .filter(({ key }) => isCustomKey(key))
      .map((attribute) => [attribute.key.slice('custom.'.length), lastValue(attribute, person)] as const);
    const supervisor = own?.type === 'EMPLOYEE' ? 0 : Math.floor((person - 1) / 3);
    return {
      id,
      ...Object.fromEntries(system),
      supervisor: person === 0 ? null : { id: idOf(supervisor) },
      createdAt: at,
      lastModifiedAt: touch?.moment ?? (person === 0 ? at : supervised),
      custom: Object.fromEntries(custom) as Person['custom'],
    };
  });
  return { people, touched, feedStart };
}

/** What a person is created with: the last value, or another one when it is to change later. */
function firstValue(attribute: MatrixAttribute, person: number): unknown {
  if (attribute.number !== person) return writtenFor(attribute, person);
  return valueOf(attribute, attribute.key === 'email' ? 1_000 + person : 4 + person);
}

// Of an attribute that changes for a person, the last value is one, so that the change is seen.
function lastValue(attribute: MatrixAttribute, person: number): unknown {
  if (attribute.number !== person) return writtenFor(attribute, person);
  return attribute.key === 'email' ? valueOf(attribute, person) : valueOf(attribute, 5 + person);
}

export type UnitIds = ReadonlyMap<string, string>;

/** The ids of units and cost centers, by kind and name. */
export async function unitIds({ house: { store } }: TestGateway): Promise<UnitIds> {
  const ids = new Map<string, string>();
  for (const kind of ['subcompany', 'office', 'department', 'team', 'cost_center']) {
    for (const row of await store.read(sql`SELECT id, name FROM ${raw(kind)}`)) {
      ids.set(`${kind} ${String(row['name'])}`, String(row['id']));
    }
  }
  return ids;
}

/** What reading gives of a value that was written. */
export function served({ type, key }: MatrixAttribute, value: unknown, units: UnitIds): unknown {
  if (type === 'COST_CENTERS' && !value) return [];
  if (value === null || value === undefined) return null;
  if (type === 'EMPLOYEE') return { id: value };
  if (type === 'ORGANIZATION_UNIT') return { id: units.get(`${key} ${value as string}`), name: value };
  if (type !== 'COST_CENTERS') return value;
  return (value as { name: string }[])
    .map((share) => ({ id: present(units.get(`cost_center ${share.name}`)), ...share }))
    .sort((one, other) => Number(one.id) - Number(other.id));
}

const UPSERT = `mutation ($rows: [UpsertEmployeeInput!]!) { upsertEmployees(rows: $rows) {
  rows { status employee { id } userErrors { field code message } } } }`;

async function upsert(gateway: TestGateway, writer: TestCredential, rows: readonly object[]): Promise<string[]> {
  const { body, text } = await gateway.query(writer, UPSERT, { rows });
  const outcomes = (body.data?.upsertEmployees?.rows ?? []) as { status: string; employee: { id: string } | null }[];
  if (outcomes.length !== rows.length || outcomes.some(({ status }) => !/^(CREATED|UPDATED)$/.test(status))) {
    throw new Error(`The company was not founded: ${text}`);
  }
  return outcomes.map(({ employee }) => present(employee).id);
}

async function lastCursor(gateway: TestGateway, as: TestCredential): Promise<string> {
  let after: string | null = null;
  for (;;) {
    const { body } = await gateway.query(
      as,
      'query ($after: String) { changes(first: 1000, after: $after) { pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    const { hasNextPage, endCursor } = body.data.changes.pageInfo as { hasNextPage: boolean; endCursor: string };
    if (!hasNextPage) return endCursor;
    after = endCursor;
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}
