import type { AttributeKey, Sensitivity } from '../attributes/attribute';
import { ACTIONS, MODULES, type Grants } from '../permissions/grants';
import { csvText } from '../tabular/csv-text';
import type { Day } from '../usage/usage';

/** An attribute that a credential uses, or may use. */
export interface ProcessedAttribute {
  readonly key: AttributeKey;
  /** Null for an attribute that there is no more. */
  readonly label: { readonly en: string; readonly de: string } | null;
  readonly sensitivity: Sensitivity | null;
  /** Whether it is on the list now. */
  readonly read: boolean;
  readonly write: boolean;
  /** As far back as usage is kept; null for never. */
  readonly lastReadOn: Day | null;
}

/** What a record of processing activities says of one credential. */
export interface ProcessingEntry {
  readonly credentialId: string;
  readonly name: string;
  readonly clientId: string;
  readonly enabled: boolean;
  readonly purpose: string | null;
  readonly owner: string | null;
  readonly integration: string | null;
  readonly modules: Grants['modules'];
  readonly lastUsedAt: string | null;
  readonly attributes: readonly ProcessedAttribute[];
}

const HEADER = [
  'credential',
  'client_id',
  'enabled',
  'purpose',
  'owner',
  'integration',
  'modules',
  'last_used_at',
  'attribute',
  'label_en',
  'label_de',
  'sensitivity',
  'may_read',
  'may_write',
  'last_read_on',
];

/** @returns a line for each attribute of each credential, and one for a credential without any */
export function processingCsv(entries: readonly ProcessingEntry[]): string {
  return csvText([HEADER, ...entries.flatMap(rowsOf)]);
}

function rowsOf(entry: ProcessingEntry): string[][] {
  const { name, clientId, enabled, purpose, owner, integration, lastUsedAt, attributes } = entry;
  const head = [
    name,
    clientId,
    String(enabled),
    purpose ?? '',
    owner ?? '',
    integration ?? '',
    modulesText(entry),
    lastUsedAt ?? '',
  ];
  if (attributes.length === 0) return [[...head, ...HEADER.slice(head.length).map(() => '')]];
  return attributes.map(({ key, label, sensitivity, read, write, lastReadOn }) => [
    ...head,
    key,
    label?.en ?? '',
    label?.de ?? '',
    sensitivity ?? '',
    String(read),
    String(write),
    lastReadOn ?? '',
  ]);
}

/** `EMPLOYEES read, ABSENCES read write` */
function modulesText({ modules }: ProcessingEntry): string {
  return MODULES.flatMap((module) => {
    const actions = ACTIONS.filter((action) => modules[module][action]);
    return actions.length > 0 ? [`${module} ${actions.join(' ')}`] : [];
  }).join(', ');
}
