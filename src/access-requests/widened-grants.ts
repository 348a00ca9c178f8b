import { isCustomKey, type AttributeKey } from '../attributes/attribute';
import { systemAttribute } from '../attributes/system-attributes';
import type { Credential, CredentialChange } from '../credentials/credential';
import type { Action, Grants, Module } from '../permissions/grants';
import type { WantedAccess } from './access-request';

/** @returns the change that gives a credential exactly what was asked for, beside what it has */
export function widened(
  { grants, separateDirections }: Pick<Credential, 'grants' | 'separateDirections'>,
  wanted: WantedAccess,
): CredentialChange {
  const box = (module: Module, action: Action) =>
    grants.modules[module][action] ||
    wanted.modules.some((asked) => asked.module === module && asked[action]) ||
    // An attribute without its box would look granted and be denied.
    (module === 'EMPLOYEES' && wanted[action].length > 0);
  const boxes = (module: Module) => ({ read: box(module, 'read'), write: box(module, 'write') });
  const attributes = {
    read: new Set([...grants.attributes.read, ...wanted.read]),
    write: new Set([...grants.attributes.write, ...wanted.write]),
  };
  const modules = { EMPLOYEES: boxes('EMPLOYEES'), ABSENCES: boxes('ABSENCES'), ATTENDANCES: boxes('ATTENDANCES') };
  const after: Grants = { modules, attributes };
  return { grants: after, separateDirections: separateDirections || !isOneList(after) };
}

/** Whether one list for both directions says the same: otherwise it would give away what nobody asked for. */
function isOneList({ modules, attributes: { read, write } }: Grants): boolean {
  const list = [...new Set([...read, ...write])];
  const isWhole = (keys: ReadonlySet<AttributeKey>, wanted: readonly AttributeKey[]) =>
    wanted.every((key) => keys.has(key));
  return (
    (!modules.EMPLOYEES.read || isWhole(read, list)) &&
    (!modules.EMPLOYEES.write || isWhole(write, list.filter(isWritable)))
  );
}

function isWritable(key: AttributeKey): boolean {
  return isCustomKey(key) || systemAttribute(key)?.readOnly === false;
}
