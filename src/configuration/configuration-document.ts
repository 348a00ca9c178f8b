import { isNode, LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { z } from 'zod';
import { isOneLine, LONGEST, nameKey } from '../credentials/credential';
import { isWholeText } from '../operations/whole-texts';
import { ACTIONS, DENIAL_MODES, MODULES, type Action, type DenialMode, type Module } from '../permissions/grants';
import type { AttributeLists, CredentialConfiguration } from './configuration';
import { ConfigurationError, type ConfigurationProblem } from './configuration-problem';

/** The version of the format, not of its content. */
const FORMAT = 1;
const USUAL_DENIAL: DenialMode = 'NULL_AND_ERROR';

/** Where in a document something stands. */
export type Path = readonly (string | number)[];

/** A file that was read: what it wants, and where in it that is written. */
export interface ConfigurationDocument {
  readonly credentials: readonly CredentialConfiguration[];
  problem(path: Path, message: string): ConfigurationProblem;
}

const wholeText = z.string().trim().refine(isWholeText, 'must hold whole characters, and no NUL');
const givenText = wholeText.min(1, 'must not be blank; leave it out');
const keys = z.array(z.string().min(1)).refine((list) => new Set(list).size === list.length, 'names a key twice');
const actions = z.array(z.enum(ACTIONS));

const credential = z.strictObject({
  name: wholeText.min(1).max(LONGEST.name).refine(isOneLine, 'must be one line of text'),
  // Never a default: a file that forgot it would switch on what somebody switched off in a hurry.
  enabled: z.boolean(),
  integration: givenText.nullish(),
  description: givenText.max(LONGEST.description).nullish(),
  owner: givenText.max(LONGEST.ownerContact).nullish(),
  purpose: givenText.max(LONGEST.purpose).nullish(),
  expires: z.iso
    .datetime({ offset: true, error: 'must be a moment such as 2027-01-31T18:00:00Z' })
    .transform((text) => new Date(text).toISOString())
    .nullish(),
  denial: z.enum(DENIAL_MODES).nullish(),
  modules: z
    .strictObject({
      employees: actions.optional(),
      absences: actions.optional(),
      attendances: actions.optional(),
    })
    .nullish(),
  attributes: z
    .union([keys, z.strictObject({ read: keys.optional(), write: keys.optional() })], {
      error: 'must be a list of attribute keys, each once, or such lists under read and write',
    })
    .nullish(),
});

const file = z.strictObject({
  version: z.literal(FORMAT, { error: `must be ${FORMAT}` }),
  credentials: z.array(credential),
});

/**
 * Reads a configuration file.
 *
 * @throws ConfigurationError with every problem and its place
 */
export function parseConfiguration(text: string): ConfigurationDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = (path: Path, message: string) => problemAt(document, lines, path, message);
  const [broken] = document.errors;
  if (broken) throw new ConfigurationError([{ ...placeOf(lines, broken.pos[0]), path: '', message: broken.message }]);
  const parsed = file.safeParse(document.toJS());
  if (!parsed.success) throw new ConfigurationError(parsed.error.issues.flatMap((issue) => told(issue, problem)));
  const credentials = parsed.data.credentials.map(toConfiguration);
  const twice = repeatedNames(credentials).map((index) => problem(['credentials', index, 'name'], 'is there twice'));
  if (twice.length > 0) throw new ConfigurationError(twice);
  return { credentials, problem };
}

/** The file that describes these credentials, in one order and with nothing in it that changes by itself. */
export function formatConfiguration(credentials: readonly CredentialConfiguration[]): string {
  const ordered = [...credentials].sort((left, right) => (nameKey(left.name) < nameKey(right.name) ? -1 : 1));
  return stringify({ version: FORMAT, credentials: ordered.map(toFile) }, { lineWidth: 100 });
}

function toConfiguration(from: z.output<typeof credential>): CredentialConfiguration {
  const box = (module: Module) => {
    const list = from.modules?.[FILE_NAMES[module]] ?? [];
    return { read: list.includes('read'), write: list.includes('write') };
  };
  return {
    name: from.name,
    enabled: from.enabled,
    integration: from.integration ?? null,
    description: from.description ?? null,
    owner: from.owner ?? null,
    purpose: from.purpose ?? null,
    expires: from.expires ?? null,
    denial: from.denial ?? USUAL_DENIAL,
    modules: { EMPLOYEES: box('EMPLOYEES'), ABSENCES: box('ABSENCES'), ATTENDANCES: box('ATTENDANCES') },
    attributes: listsIn(from.attributes ?? []),
  };
}

function listsIn(from: NonNullable<z.output<typeof credential>['attributes']>): AttributeLists {
  if (Array.isArray(from)) return { kind: 'together', both: from };
  return { kind: 'apart', read: from.read ?? [], write: from.write ?? [] };
}

const FILE_NAMES = { EMPLOYEES: 'employees', ABSENCES: 'absences', ATTENDANCES: 'attendances' } as const;

/** What is empty is left out, and so is the usual denial mode. */
function toFile(credentialToWrite: CredentialConfiguration): object {
  const { attributes, modules, denial, ...details } = credentialToWrite;
  const plain = { ...details, denial: denial === USUAL_DENIAL ? null : denial };
  const boxes = MODULES.map(
    (module) => [FILE_NAMES[module], ACTIONS.filter((action) => modules[module][action])] as const,
  );
  const given = boxes.filter(([, list]) => list.length > 0);
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== null)),
    ...(given.length > 0 ? { modules: Object.fromEntries(given) } : {}),
    ...attributesToFile(attributes),
  };
}

function attributesToFile(attributes: AttributeLists): object {
  if (attributes.kind === 'together') return attributes.both.length > 0 ? { attributes: attributes.both } : {};
  const { read, write }: Record<Action, readonly string[]> = attributes;
  return { attributes: { read, write } };
}

function repeatedNames(credentials: readonly CredentialConfiguration[]): number[] {
  const names = credentials.map(({ name }) => nameKey(name));
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
}

// A key that does not belong there is a problem of that key; each is told by itself.
function told(issue: z.core.$ZodIssue, problem: ConfigurationDocument['problem']): ConfigurationProblem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => problem([...path, key], 'is no part of this format'));
  }
  return [problem(path, issue.message)];
}

function problemAt(document: Document, lines: LineCounter, path: Path, message: string): ConfigurationProblem {
  return { ...placeOf(lines, offsetOf(document, path)), path: pathText(path), message };
}

// What is missing has no place of its own: then it is that of the nearest thing around it.
function offsetOf(document: Document, path: Path): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function placeOf(lines: LineCounter, offset: number | undefined): { line: number | null; column: number | null } {
  if (offset === undefined) return { line: null, column: null };
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** `['credentials', 3, 'name']` → `credentials[3].name` */
function pathText(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${part}`),
    '',
  );
}
