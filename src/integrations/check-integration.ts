import type { AttributeKey } from '../attributes/attribute';
import { userError, type UserError } from '../operations/user-error';
import type { Module } from '../permissions/grants';
import type { Boxes } from './integration';

/** What an admin says about an own entry. */
export interface IntegrationInput {
  readonly name: string;
  readonly category: string;
  readonly website?: string | null | undefined;
  readonly recommendedModules?: readonly ModuleBoxes[] | null | undefined;
  readonly recommendedAttributes?: readonly AttributeKey[] | null | undefined;
}

interface ModuleBoxes extends Boxes {
  readonly module: Module;
}

const LONGEST_NAME = 100;
const LONGEST_CATEGORY = 50;
const LONGEST_WEBSITE = 500;

/** @returns every problem with an input, as far as it can be told without looking at other integrations */
export function checkIntegration(input: IntegrationInput, isKnown: (key: AttributeKey) => boolean): UserError[] {
  return [
    ...checkText('name', input.name, LONGEST_NAME),
    ...checkText('category', input.category, LONGEST_CATEGORY),
    ...checkWebsite(input.website ?? null),
    ...checkModules(input.recommendedModules ?? []),
    ...checkAttributes(input.recommendedAttributes ?? [], isKnown),
  ];
}

function checkText(field: string, text: string, longest: number): UserError[] {
  if (!text.trim()) return [userError([field], 'REQUIRED', 'Give it a value.')];
  if (text.trim().length > longest) return [userError([field], 'TOO_LONG', `It may have ${longest} characters.`)];
  return [];
}

function checkWebsite(website: string | null): UserError[] {
  if (!website?.trim()) return [];
  if (website.trim().length > LONGEST_WEBSITE) {
    return [userError(['website'], 'TOO_LONG', `It may have ${LONGEST_WEBSITE} characters.`)];
  }
  return isWebAddress(website.trim()) ? [] : [userError(['website'], 'INVALID', 'Give an address with https://.')];
}

// The address becomes a link in the admin UI: one that starts with "javascript:" would run there.
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
}

function checkModules(modules: readonly ModuleBoxes[]): UserError[] {
  return modules.flatMap(({ module }, index) =>
    modules.findIndex((other) => other.module === module) < index
      ? [userError(['recommendedModules', String(index)], 'INVALID', `${module} is named twice.`)]
      : [],
  );
}

function checkAttributes(keys: readonly AttributeKey[], isKnown: (key: AttributeKey) => boolean): UserError[] {
  return keys.flatMap((key, index) =>
    isKnown(key)
      ? []
      : [userError(['recommendedAttributes', String(index)], 'UNKNOWN', 'There is no attribute with this key.')],
  );
}
