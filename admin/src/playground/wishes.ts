import type { Action, Lack, Module, Permissions } from './guards';

/** One thing to ask for, in the form that the link of a denial has: `read:fixSalary`, `write:ABSENCES`. */
export type Wish = `${Action}:${string}`;

export const MODULES: readonly Module[] = ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'];
const ACTIONS: readonly Action[] = ['read', 'write'];

export function partsOf(wish: Wish): { readonly action: Action; readonly name: string } {
  const sign = wish.indexOf(':');
  return { action: wish.slice(0, sign) as Action, name: wish.slice(sign + 1) };
}

export function wishesOfLack(lack: Lack): readonly Wish[] {
  const names = lack.kind === 'module' ? [lack.module] : lack.attributes;
  return names.map((name): Wish => `${lack.action}:${name}`);
}

/** What of a request waits to be given. */
export function wishesOfRequest({ modules, read, write }: Asked): readonly Wish[] {
  const boxes = modules.flatMap((box) =>
    ACTIONS.filter((action) => box[action]).map((action): Wish => `${action}:${box.module}`),
  );
  return [...boxes, ...read.map((key): Wish => `read:${key}`), ...write.map((key): Wish => `write:${key}`)];
}

interface Asked {
  readonly modules: readonly { readonly module: Module; readonly read: boolean; readonly write: boolean }[];
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** Everything that a credential may do. */
export function wishesGranted(permissions: Permissions): ReadonlySet<Wish> {
  return new Set(
    ACTIONS.flatMap((action) => {
      const boxes = MODULES.filter((module) => permissions.modules[module][action]);
      return [...boxes, ...permissions[action]].map((name): Wish => `${action}:${name}`);
    }),
  );
}

export function isModule(name: string): boolean {
  return MODULES.some((module) => module === name);
}
