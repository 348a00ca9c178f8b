import type { ConfigurationPlan, CredentialChange, FieldChange } from './configuration-plan';
import { differences } from './configuration-plan';
import type { CredentialConfiguration } from './configuration';

/** @returns a plan for people: `+` comes, `-` goes, `~` changes */
export function planText({ changes, unchanged }: ConfigurationPlan): string {
  if (changes.length === 0) return `Nothing to change: ${count(unchanged)} as described.`;
  const number = (action: CredentialChange['action']) => changes.filter((change) => change.action === action).length;
  const sum = `${number('create')} to create, ${number('change')} to change, ${number('delete')} to delete, ${unchanged} unchanged.`;
  return [...changes.map(changeText), sum].join('\n\n');
}

function changeText(change: CredentialChange): string {
  switch (change.action) {
    case 'create':
      return [`+ ${shown(change.name)}`, ...createdFields(change.wanted).map(fieldText)].join('\n');
    case 'change':
      return [`~ ${shown(change.name)}`, ...change.fields.map(fieldText)].join('\n');
    case 'delete':
      return `- ${shown(change.name)}`;
  }
}

function createdFields(wanted: CredentialConfiguration): FieldChange[] {
  const nothing: CredentialConfiguration = {
    name: wanted.name,
    enabled: false,
    integration: null,
    description: null,
    owner: null,
    purpose: null,
    expires: null,
    denial: wanted.denial,
    modules: NO_BOXES,
    attributes:
      wanted.attributes.kind === 'apart' ? { kind: 'apart', read: [], write: [] } : { kind: 'together', both: [] },
  };
  return differences(nothing, wanted);
}

const NONE = { read: false, write: false };
const NO_BOXES = { EMPLOYEES: NONE, ABSENCES: NONE, ATTENDANCES: NONE };

function fieldText({ field, before, after }: FieldChange): string {
  if (before === null) return `    + ${field}: ${shown(after)}`;
  if (after === null) return `    - ${field}: ${shown(before)}`;
  return `    ~ ${field}: ${shown(before)} -> ${shown(after)}`;
}

// Texts come from a file and from other admins: as JSON, none of them can forge a line or move the cursor of a terminal.
function shown(value: FieldChange['after']): string {
  return typeof value === 'string' && /[^\x20-\x7E\u00A0-\u{10FFFF}]|^\s|\s$/u.test(value)
    ? JSON.stringify(value)
    : String(value);
}

function count(credentials: number): string {
  return credentials === 1 ? '1 credential is' : `${credentials} credentials are`;
}
