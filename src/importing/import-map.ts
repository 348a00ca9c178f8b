import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { CUSTOM_NAME_PATTERN, CUSTOM_TYPES, SENSITIVITIES } from '../attributes/attribute';
import { ImportError } from '../tabular/problem';
import { DATE_FORMATS } from '../employees/values/scalar-values';

const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR');

const target = z.strictObject({
  /** A catalogue key. */
  attribute: z.string(),
  /** What stands in the file → what it means. `""` stands for an empty cell, `"*"` for every other value. */
  values: z.record(z.string(), z.string()).optional(),
  format: z.enum(DATE_FORMATS).optional(),
  /** The decimal separator of numbers. */
  decimal: z.enum(['.', ',']).optional(),
  currency: currencyCode.optional(),
  currencyColumn: z.string().optional(),
  /** By what a supervisor is named; the personnel number when absent. */
  by: z.enum(['personnelNumber', 'email']).optional(),
});

const label = z.union([z.string().min(1), z.strictObject({ en: z.string().min(1), de: z.string().min(1) })]);

const customAttribute = z
  .strictObject({
    label,
    type: z.enum(CUSTOM_TYPES),
    sensitivity: z.enum(SENSITIVITIES),
    options: z.array(z.string().min(1)).optional(),
  })
  .refine(({ type, options }) => (type === 'LIST') === (options !== undefined && options.length > 0), {
    message: 'a LIST needs options, and no other type has them',
  });

const importMap = z.strictObject({
  /** The column of the personnel number, by which people are recognised; it is called so itself when absent. */
  key: z.string().optional(),
  delimiter: z
    .string()
    .regex(/^[^"\r\n]$/, 'must be one character')
    .optional(),
  /** What happens to a column that the map does not name. */
  unmapped: z.enum(['refuse', 'ignore', 'custom']).default('refuse'),
  supervisorCircles: z.enum(['refuse', 'keep']).optional(),
  columns: z.record(z.string(), z.preprocess(asTargets, z.array(target).min(1))).default({}),
  /** Attributes that are the same for every row. */
  constants: z.record(z.string(), z.json()).default({}),
  customAttributes: z
    .record(z.string().regex(CUSTOM_NAME_PATTERN, 'must be a name without the prefix custom.'), customAttribute)
    .default({}),
});

export type ImportMap = z.infer<typeof importMap>;
export type TargetOptions = z.infer<typeof target>;

// A column may feed one attribute, given by its key alone, or several.
function asTargets(value: unknown): unknown {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => (typeof item === 'string' ? { attribute: item } : item));
}

/** Bytes. */
const LARGEST_MAP = 1_048_576;

/**
 * Reads a map file.
 *
 * @throws ImportError naming everything in it that cannot be used
 * @see docs/importing.md
 */
export async function readImportMap(file: string): Promise<ImportMap> {
  return parseImportMap(await readJson(file), file);
}

/** @param name what messages call the map */
export function parseImportMap(json: unknown, name: string): ImportMap {
  const parsed = importMap.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'the map'}: ${issue.message}`);
  throw new ImportError([`The map ${name} cannot be used:`, ...problems].join('\n'));
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readSmallFile(file)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new ImportError(`The map ${file} is not valid JSON: ${error.message}`);
    throw error;
  }
}

async function readSmallFile(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_MAP) throw new ImportError(`The map ${file} is larger than 1 MiB.`);
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`The map ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}
