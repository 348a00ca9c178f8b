import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type Pair, type Scalar } from 'yaml';
import { UsageError } from './errors';

/** A setting as it was written down, and where: what is wrong with it is told with its place. */
export interface WrittenSetting {
  readonly value: string;
  /** Such as `fieldgate.yaml, line 3`. */
  readonly origin: string;
}

/** The settings of a file, and what is wrong with it besides. */
export interface ConfigFile {
  readonly settings: ReadonlyMap<string, WrittenSetting>;
  readonly problems: readonly string[];
}

/**
 * Reads a file of settings: one map from the names of the variables to their values, in YAML or JSON (which is YAML, too).
 *
 * @param known the names of all variables: a misspelt one would silently leave its default in force
 * @throws UsageError when the file cannot be read
 */
export function readConfigFile(file: string, known: ReadonlySet<string>): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => `${path.basename(file)}, line ${lines.linePos(offset).line}`;
  const problems = document.errors.map(({ pos }) => `${place(pos[0])}: is no valid YAML or JSON`);
  if (problems.length > 0 || document.contents === null) return { settings: new Map(), problems };
  if (!isMap(document.contents)) {
    return { settings: new Map(), problems: [`${path.basename(file)}: must be a map of names to values`] };
  }
  return settingsOf(document.contents.items, known, place);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`The file of settings ${file} (FIELDGATE_CONFIG) cannot be read.`, {}, { cause });
  }
}

function settingsOf(pairs: readonly Pair[], known: ReadonlySet<string>, place: (offset: number) => string): ConfigFile {
  const settings = new Map<string, WrittenSetting>();
  const problems: string[] = [];
  for (const { key, value } of pairs) {
    const name = isScalar(key) ? String(key.value) : '';
    const origin = place((isScalar(key) ? key.range?.[0] : undefined) ?? 0);
    if (!known.has(name)) problems.push(`${name || 'A key'} (${origin}): there is no such setting`);
    else if (isScalar(value)) settings.set(name, { value: textOfScalar(value), origin });
    else problems.push(`${name} (${origin}): must be a text, a number, true or false`);
  }
  return { settings, problems };
}

// As it stands there: a number would lose its leading zeros, and a date its form.
function textOfScalar({ value, source }: Scalar): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : (source ?? '');
}
