export interface Difference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Compares two states of the same thing, member by member. Lists are told by what joined and what left them. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const left = members(before);
  const right = members(after);
  const fields = [...new Set([...left.keys(), ...right.keys()])];
  return fields
    .filter((field) => text(left.get(field)) !== text(right.get(field)))
    .map((field) => ({ field, ...sides(left.get(field), right.get(field)) }));
}

function members(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null)
    return new Map(value === null || value === undefined ? [] : [['', value]]);
  return new Map(Object.entries(value).flatMap(([name, member]) => flattened(name, member)));
}

function flattened(name: string, member: unknown): readonly (readonly [string, unknown])[] {
  const isRecord = typeof member === 'object' && member !== null && !Array.isArray(member);
  if (!isRecord) return [[name, member]];
  return Object.entries(member).flatMap(([inner, value]) => flattened(`${name}.${inner}`, value));
}

function sides(before: unknown, after: unknown): { before: string; after: string } {
  if (!Array.isArray(before) || !Array.isArray(after)) return { before: text(before), after: text(after) };
  const [left, right] = [before, after].map((list) => new Set(list.map(text)));
  const gone = [...(left ?? [])].filter((item) => !right?.has(item));
  const come = [...(right ?? [])].filter((item) => !left?.has(item));
  return { before: gone.map((item) => `− ${item}`).join(', '), after: come.map((item) => `+ ${item}`).join(', ') };
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(text).join(', ') || '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
