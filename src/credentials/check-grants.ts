import type { Attribute, AttributeKey } from '../attributes/attribute';
import { userError, type UserError } from '../operations/user-error';
import { ACTIONS, MODULES, type Action, type Grants, type Module } from '../permissions/grants';

/** Permissions as an admin ticks them: one list for both directions, or one for each. */
export interface GrantsInput {
  readonly modules: readonly (Readonly<Record<Action, boolean>> & { readonly module: Module })[];
  readonly attributes?: readonly AttributeKey[] | null | undefined;
  readonly read?: readonly AttributeKey[] | null | undefined;
  readonly write?: readonly AttributeKey[] | null | undefined;
}

/** The attributes that may be granted, by key. Retired ones are none of them. */
export type Catalogue = ReadonlyMap<AttributeKey, Attribute>;

export interface CheckedGrants {
  readonly grants: Grants;
  readonly separateDirections: boolean;
  readonly userErrors: readonly UserError[];
}

/** The most attributes of one list. */
export const MOST_ATTRIBUTES = 5_000;

/**
 * Turns what an admin ticked into grants, and names every problem at once. Nothing is added and nothing guessed: the keys
 * that are stored are those that stand here today.
 *
 * @param path of the grants in the input
 */
export function checkGrants(input: GrantsInput, catalogue: Catalogue, path: readonly string[] = []): CheckedGrants {
  const separateDirections = isGiven(input.read) || isGiven(input.write);
  const { modules, userErrors } = checkModules(input.modules, [...path, 'modules']);
  const problems = [
    ...userErrors,
    ...checkMode(input, separateDirections, path),
    ...LISTS.flatMap((list) => checkKeys(input[list] ?? [], catalogue, [...path, list])),
    ...checkReach(input, modules, path),
    ...checkReadOnly(input.write ?? [], catalogue, [...path, 'write']),
  ];
  const attributes = separateDirections
    ? { read: new Set(input.read ?? []), write: new Set(input.write ?? []) }
    : oneList(input.attributes ?? [], modules, catalogue);
  return { grants: { modules, attributes }, separateDirections, userErrors: problems };
}

const LISTS = ['attributes', 'read', 'write'] as const;

/** One list serves each direction that EMPLOYEES is ticked for. What the gateway keeps itself is only ever read. */
export function oneList(
  keys: readonly AttributeKey[],
  modules: Grants['modules'],
  catalogue: Catalogue,
): Grants['attributes'] {
  const writable = keys.filter((key) => catalogue.get(key)?.readOnly === false);
  return {
    read: new Set(modules.EMPLOYEES.read ? keys : []),
    write: new Set(modules.EMPLOYEES.write ? writable : []),
  };
}

function checkModules(
  input: GrantsInput['modules'],
  path: readonly string[],
): { readonly modules: Grants['modules']; readonly userErrors: UserError[] } {
  const boxes = new Map(input.map((box) => [box.module, { read: box.read, write: box.write }]));
  const none = { read: false, write: false };
  const [EMPLOYEES = none, ABSENCES = none, ATTENDANCES = none] = MODULES.map((module) => boxes.get(module));
  const userErrors = input.flatMap(({ module }, index) =>
    input.findIndex((other) => other.module === module) < index
      ? [userError([...path, String(index)], 'INVALID', `${module} is named twice.`)]
      : [],
  );
  return { modules: { EMPLOYEES, ABSENCES, ATTENDANCES }, userErrors };
}

function checkMode({ attributes }: GrantsInput, separateDirections: boolean, path: readonly string[]): UserError[] {
  if (!isGiven(attributes) || !separateDirections) return [];
  const message = 'Give one list for both directions, or "read" and "write", not both.';
  return [userError([...path, 'attributes'], 'INVALID', message)];
}

function checkKeys(keys: readonly AttributeKey[], catalogue: Catalogue, path: readonly string[]): UserError[] {
  if (keys.length > MOST_ATTRIBUTES) return [userError(path, 'LIMIT', `A list has at most ${MOST_ATTRIBUTES} keys.`)];
  return keys.flatMap((key, index) =>
    catalogue.has(key) ? [] : [userError([...path, String(index)], 'UNKNOWN', 'There is no attribute with this key.')],
  );
}

// A list without its box would look granted and be denied.
function checkReach(input: GrantsInput, { EMPLOYEES }: Grants['modules'], path: readonly string[]): UserError[] {
  const missing = ACTIONS.filter((action) => (input[action] ?? []).length > 0 && !EMPLOYEES[action]);
  const problems = missing.map((action) =>
    userError(
      [...path, action],
      'INVALID',
      `Attributes are of employees: tick EMPLOYEES ${action}, or empty the list.`,
    ),
  );
  const isOutOfReach = (input.attributes ?? []).length > 0 && !EMPLOYEES.read && !EMPLOYEES.write;
  if (!isOutOfReach) return problems;
  const message = 'Attributes are of employees: tick EMPLOYEES read or write, or empty the list.';
  return [...problems, userError([...path, 'attributes'], 'INVALID', message)];
}

function checkReadOnly(keys: readonly AttributeKey[], catalogue: Catalogue, path: readonly string[]): UserError[] {
  return keys.flatMap((key, index) =>
    catalogue.get(key)?.readOnly
      ? [userError([...path, String(index)], 'NOT_ALLOWED', 'The gateway keeps this attribute itself.')]
      : [],
  );
}

function isGiven(list: readonly AttributeKey[] | null | undefined): boolean {
  return list !== null && list !== undefined;
}
