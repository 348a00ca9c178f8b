import { effective, isWritable, MODULES, type Direction, type Draft, type Module } from '../credentials/draft';

/** What is asked for, whether in a request or in a link. */
export interface WantedAccess {
  readonly modules: readonly (Readonly<Record<Direction, boolean>> & { readonly module: Module })[];
  readonly read: readonly string[];
  readonly write: readonly string[];
}

const DIRECTIONS: readonly Direction[] = ['read', 'write'];

/** The draft with exactly what is wanted beside what it has. The lists are told apart where one would give more. */
export function withAccess(draft: Draft, wanted: WantedAccess): Draft {
  const box = (module: Module, direction: Direction): boolean =>
    draft.modules[module][direction] ||
    wanted.modules.some((asked) => asked.module === module && asked[direction]) ||
    // An attribute without its box would look granted and be denied.
    (module === 'EMPLOYEES' && wanted[direction].length > 0);
  const boxes = (module: Module) => ({ read: box(module, 'read'), write: box(module, 'write') });
  const modules = { EMPLOYEES: boxes('EMPLOYEES'), ABSENCES: boxes('ABSENCES'), ATTENDANCES: boxes('ATTENDANCES') };
  const list = (direction: Direction) => new Set([...effective(draft, direction), ...wanted[direction]]);
  const [read, write] = [list('read'), list('write')];
  const isOneList = DIRECTIONS.every(
    (direction) =>
      !modules.EMPLOYEES[direction] ||
      [...read, ...write].every((key) => (direction === 'read' ? read.has(key) : write.has(key) || !isWritable(key))),
  );
  const either = new Set([...read, ...write]);
  if (!draft.isApart && isOneList) return { ...draft, modules, read: either, write: either };
  return { ...draft, modules, isApart: true, read, write };
}

/** What of it can be given, and the keys of what there is not. */
export function knownAccess(
  wanted: WantedAccess,
  isKnown: (key: string) => boolean,
): { readonly known: WantedAccess; readonly unknown: readonly string[] } {
  const { read, write } = wanted;
  return {
    known: { ...wanted, read: read.filter(isKnown), write: write.filter(isKnown) },
    unknown: [...read, ...write].filter((key) => !isKnown(key)),
  };
}

/** Reads `?missing=read:fixSalary,write:ABSENCES`. What is malformed is left out. */
export function wantedOf(text: string): WantedAccess {
  const parts = text.split(',').map((part) => part.split(':'));
  const named = (direction: Direction) => parts.flatMap(([how, name]) => (how === direction && name ? [name] : []));
  const isModule = (name: string): name is Module => MODULES.some((module) => module === name);
  const keys = (direction: Direction) => named(direction).filter((name) => !isModule(name));
  return {
    modules: MODULES.map((module) => ({
      module,
      read: named('read').includes(module),
      write: named('write').includes(module),
    })),
    read: keys('read'),
    write: keys('write'),
  };
}

/** What a denial's link says is missing is missing to its credential, and to no other one that is opened after it. */
export function withoutMissing(search: string): string {
  const params = new URLSearchParams(search);
  params.delete('missing');
  return params.toString();
}
