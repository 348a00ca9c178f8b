import { CUSTOM_NAME_PATTERN, customName, isCustomKey, type AttributeKey } from '../attributes/attribute';
import { systemAttribute } from '../attributes/system-attributes';
import { userError, type UserError } from '../operations/user-error';
import { isWholeText, NOT_WHOLE } from '../operations/whole-texts';
import { decide, decideModule } from '../permissions/decide';
import { ACTIONS, MODULES, type Action, type Grants, type Module } from '../permissions/grants';

export const ACCESS_REQUEST_STATES = ['OPEN', 'APPROVED', 'REFUSED'] as const;
export type AccessRequestState = (typeof ACCESS_REQUEST_STATES)[number];

/** The boxes of one module that are asked for. */
export type WantedModule = Readonly<Record<Action, boolean>> & { readonly module: Module };

/** What a credential lacks and asks for. */
export interface WantedAccess {
  readonly modules: readonly WantedModule[];
  readonly read: readonly AttributeKey[];
  readonly write: readonly AttributeKey[];
}

export interface AccessRequest extends WantedAccess {
  /** Random (UUID). */
  readonly id: string;
  readonly credentialId: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly reason: string;
  readonly state: AccessRequestState;
  /** Null while it is open. */
  readonly decidedAt: string | null;
  /** What the admin has to say about it. */
  readonly note: string | null;
}

export interface AccessRequestInput {
  readonly modules?: readonly WantedModule[] | null | undefined;
  readonly read?: readonly AttributeKey[] | null | undefined;
  readonly write?: readonly AttributeKey[] | null | undefined;
  readonly reason: string;
}

export const LONGEST_WORDS = 500;
/** The most attributes of one list. */
export const MOST_WANTED = 500;

/** @returns what of the input is missing from the grants, and every problem with the input */
export function checkAccessRequest(
  input: AccessRequestInput,
  grants: Grants,
): { readonly wanted: WantedAccess; readonly userErrors: readonly UserError[] } {
  const wanted = missingFrom(grants, input);
  const isNothing = wanted.modules.length + wanted.read.length + wanted.write.length === 0;
  const problems = [
    ...checkWords(input.reason, 'reason', true),
    ...ACTIONS.flatMap((action) => checkKeys(input[action] ?? [], action)),
  ];
  const nothing = userError(null, 'NOT_ALLOWED', 'Nothing of this is missing: the credential may do all of it.');
  return { wanted, userErrors: problems.length === 0 && isNothing ? [nothing] : problems };
}

export function checkWords(words: string | null | undefined, field: string, isRequired = false): UserError[] {
  const text = words?.trim() ?? '';
  if (isRequired && text === '') return [userError([field], 'REQUIRED', 'Say why.')];
  if (!isWholeText(text)) return [userError([field], 'INVALID', NOT_WHOLE)];
  if ([...text].length <= LONGEST_WORDS) return [];
  return [userError([field], 'TOO_LONG', `At most ${LONGEST_WORDS} characters.`)];
}

// Whether a custom attribute exists is not told: any key of the right form is taken.
function checkKeys(keys: readonly AttributeKey[], action: Action): UserError[] {
  if (keys.length > MOST_WANTED) return [userError([action], 'LIMIT', `A list has at most ${MOST_WANTED} keys.`)];
  return keys.flatMap((key, index) => {
    const field = [action, String(index)];
    const system = systemAttribute(key);
    if (action === 'write' && (system?.readOnly ?? false)) {
      return [userError(field, 'NOT_ALLOWED', 'The gateway keeps this attribute itself.')];
    }
    const isKey = system !== undefined || (isCustomKey(key) && CUSTOM_NAME_PATTERN.test(customName(key)));
    return isKey ? [] : [userError(field, 'UNKNOWN', 'There is no attribute with this key.')];
  });
}

function missingFrom(grants: Grants, input: AccessRequestInput): WantedAccess {
  const keys = (action: Action): AttributeKey[] =>
    [...new Set(input[action] ?? [])].filter((key) => !decide(grants, key, action).allowed).sort();
  const [read, write] = [keys('read'), keys('write')];
  // Whoever asks for attributes needs the box in front of them as well.
  const asked = (module: Module, action: Action) =>
    (input.modules ?? []).some((box) => box.module === module && box[action]) ||
    (module === 'EMPLOYEES' && (action === 'read' ? read : write).length > 0);
  const isMissing = (module: Module, action: Action) =>
    asked(module, action) && !decideModule(grants, module, action).allowed;
  const modules = MODULES.map((module) => ({
    module,
    read: isMissing(module, 'read'),
    write: isMissing(module, 'write'),
  }));
  // `id` comes with the box and stands on no list.
  const listed = (list: readonly AttributeKey[]) => list.filter((key) => key !== 'id');
  return { modules: modules.filter((box) => box.read || box.write), read: listed(read), write: listed(write) };
}

/** @returns whether both ask for the same */
export function sameAccess(one: WantedAccess, other: WantedAccess): boolean {
  const text = ({ modules, read, write }: WantedAccess) => JSON.stringify([modules, read, write]);
  return text(one) === text(other);
}
