/** What each coordinate of the schema needs, as the gateway tells it. */
export type GuardList = Readonly<Record<string, Guard>>;

export type Action = 'read' | 'write';
export type Module = 'EMPLOYEES' | 'ABSENCES' | 'ATTENDANCES';

export type Guard =
  | { readonly kind: 'attributes'; readonly attributes: readonly string[]; readonly action?: Action }
  | { readonly kind: 'customAttributes' }
  | { readonly kind: 'module'; readonly module: Module; readonly attributes: readonly string[] }
  | {
      readonly kind: 'root';
      readonly audience: { readonly module: { readonly name: Module; readonly action: Action } };
    }
  | { readonly kind: 'customKey'; readonly action: Action }
  | {
      readonly kind: 'attributeNames';
      readonly action: Action;
      readonly attributes: Readonly<Record<string, readonly string[]>>;
    };

/** What the credential that is signed in may do. */
export interface Permissions {
  readonly modules: Readonly<Record<Module, Readonly<Record<Action, boolean>>>>;
  readonly read: ReadonlySet<string>;
  readonly write: ReadonlySet<string>;
  /** Whether a denied selection refuses the whole operation. */
  readonly isStrict: boolean;
}

/** What is missing for one coordinate. */
export type Lack =
  | { readonly kind: 'module'; readonly module: Module; readonly action: Action }
  | { readonly kind: 'attributes'; readonly attributes: readonly string[]; readonly action: Action };

/** @returns undefined when the module may be used */
export function lackOfModule(permissions: Permissions, module: Module, action: Action): Lack | undefined {
  return permissions.modules[module][action] ? undefined : { kind: 'module', module, action };
}

/** @returns undefined when all of the attributes may be used */
export function lackOf(permissions: Permissions, attributes: readonly string[], action: Action): Lack | undefined {
  const missing = attributes.filter((attribute) => !permissions[action].has(attribute));
  if (missing.length === 0) return undefined;
  // An unticked module takes all of its attributes along, so it is what has to be asked for.
  return lackOfModule(permissions, 'EMPLOYEES', action) ?? { kind: 'attributes', attributes: missing, action };
}
