import text from '../../../docs/recipes.md?raw';
import type { Action, Module, Permissions } from './guards';

/** An operation to start from. */
export interface Recipe {
  readonly name: string;
  /** What it is for, where its name does not say it. */
  readonly operation: string;
  readonly variables: string;
  readonly modules: readonly { readonly module: Module; readonly action: Action }[];
  readonly attributes: readonly string[];
}

/** Those of docs/recipes.md, which a test holds to what they say that they need. */
export const RECIPES: readonly Recipe[] = text.split(/^## /m).slice(1).map(recipe);

function recipe(section: string): Recipe {
  const needs = /^Needs ([^.]+(?:\.\w[^.]*)*)\.\s/m.exec(section)?.[1] ?? '';
  return {
    name: section.split('\n', 1)[0] ?? '',
    operation: block(section, 'graphql') ?? '',
    variables: block(section, 'json') ?? '',
    modules: [...needs.matchAll(/(EMPLOYEES|ABSENCES|ATTENDANCES) (read|write)/g)].map(([, module, action]) => ({
      module: module as Module,
      action: action as Action,
    })),
    attributes: [...needs.matchAll(/`([\w.]+)`/g)].map(([, key]) => key ?? ''),
  };
}

function block(section: string, language: string): string | undefined {
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(section)?.[1];
}

/** What the credential lacks to run a recipe; nothing when it can. */
export function lacking({ modules, attributes }: Recipe, permissions: Permissions): readonly string[] {
  const boxes = modules.filter(({ module, action }) => !permissions.modules[module][action]);
  const isWritten = modules.some(({ module, action }) => module === 'EMPLOYEES' && action === 'write');
  const missing = attributes.filter((key) => !permissions[isWritten ? 'write' : 'read'].has(key));
  return [...boxes.map(({ module, action }) => `${module} ${action}`), ...missing];
}
