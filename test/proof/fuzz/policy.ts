import { SYSTEM_ATTRIBUTES } from '../../../src/attributes/system-attributes';
import { MODULES, type Module } from '../../../src/permissions/grants';
import type { Choices } from './choices';
import { CUSTOM } from './pool';

/** What the credential under test may do: plain data, so that a case can be kept in a file. */
export interface Policy {
  readonly modules: Readonly<Record<Module, { readonly read: boolean; readonly write: boolean }>>;
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly strict: boolean;
}

export const ATTRIBUTES: readonly string[] = [
  ...SYSTEM_ATTRIBUTES.map(({ key }) => key as string).filter((key) => key !== 'id'),
  ...CUSTOM.map(({ name }) => `custom.${name}`),
];
const WRITABLE = ATTRIBUTES.filter((key) => !SYSTEM_ATTRIBUTES.some((one) => one.key === key && one.readOnly));

/** How likely each attribute is allowed, as policies range from narrow to wide. */
const WIDTHS = [30, 60, 85];
/** Of the modules: employees are read nearly always, because most fields are theirs. */
const READ_CHANCE: Readonly<Record<Module, number>> = { EMPLOYEES: 95, ABSENCES: 60, ATTENDANCES: 50 };

export function drawPolicy(choices: Choices): Policy {
  const box = (module: Module) => ({ read: choices.chance(READ_CHANCE[module]), write: choices.chance(45) });
  const [EMPLOYEES, ABSENCES, ATTENDANCES] = [box('EMPLOYEES'), box('ABSENCES'), box('ATTENDANCES')];
  const modules = { EMPLOYEES, ABSENCES, ATTENDANCES };
  const read = modules.EMPLOYEES.read ? choices.some(ATTRIBUTES, choices.pick(WIDTHS)) : [];
  const write = modules.EMPLOYEES.write ? choices.some(WRITABLE, choices.pick(WIDTHS)) : [];
  return { modules, read, write, strict: choices.chance(15) };
}

/** The same policy with less to read. */
export function narrowed(policy: Policy, choices: Choices): Policy {
  const read = choices.some(policy.read, 50);
  const { EMPLOYEES, ABSENCES, ATTENDANCES } = policy.modules;
  const modules = {
    EMPLOYEES,
    ABSENCES: { ...ABSENCES, read: ABSENCES.read && choices.chance(50) },
    ATTENDANCES: { ...ATTENDANCES, read: ATTENDANCES.read && choices.chance(50) },
  };
  return { ...policy, modules, read };
}

export const EVERYTHING: Policy = {
  modules: {
    EMPLOYEES: { read: true, write: true },
    ABSENCES: { read: true, write: true },
    ATTENDANCES: { read: true, write: true },
  },
  read: ATTRIBUTES,
  write: WRITABLE,
  strict: false,
};

/** Grants as an admin gives them. */
export function grantsInput({ modules, read, write }: Policy): object {
  return { modules: MODULES.map((module) => ({ module, ...modules[module] })), read, write };
}

/**
 * Whether the two databases may differ in an attribute: only when the credential may not read it. Two attributes that it may
 * write are left equal, too, because writing them tells, on purpose, whether the new value clashes with what is stored:
 * an email that is taken is a conflict, and nobody can be their own superior.
 */
export function mayDiffer({ modules, read, write }: Policy, attribute: string): boolean {
  if (modules.EMPLOYEES.read && (attribute === 'id' || read.includes(attribute))) return false;
  const clashes = attribute === 'email' || attribute === 'supervisor';
  return !(clashes && modules.EMPLOYEES.write && write.includes(attribute));
}

/** Whether the two databases may differ in the records of a module. Writing one tells whether it overlaps another. */
export function moduleMayDiffer({ modules }: Policy, module: 'ABSENCES' | 'ATTENDANCES'): boolean {
  return !modules[module].read && !modules[module].write;
}

/** Whether even who is there may differ: only when nothing that the credential may do has to do with people. */
export function peopleMayDiffer({ modules }: Policy): boolean {
  return MODULES.every((module) => !modules[module].read && !modules[module].write);
}
