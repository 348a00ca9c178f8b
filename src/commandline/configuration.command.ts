import { text as readAll } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { formatConfiguration, parseConfiguration } from '../configuration/configuration-document';
import { ConfigurationError } from '../configuration/configuration-problem';
import { planText } from '../configuration/configuration-text';
import type { AppliedCredential } from '../configuration/configuring';
import { UsageError } from '../errors';
import { inHouse, inHouseOrNew } from './in-house';
import { tell, type OutputOptions } from './output';
import { readText, writeText } from './text-files';

const STANDARD = '-';

interface ApplyOptions extends OutputOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
}

/** Adds `export` and `apply` to `credential`. */
export function addConfigurationCommands(credential: Command): void {
  credential
    .command('export')
    .description('Write all credentials as YAML, without secrets')
    .argument('[file]', 'where to; - for standard output', STANDARD)
    .action(exportConfiguration);
  credential
    .command('apply')
    .description('Make credentials what a file says: all of it, or nothing. Shows the difference first')
    .argument('<file>', 'as `export` writes it; - for standard input')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--prune', 'delete credentials that the file does not list')
    .option('--json', 'print one JSON object; needs --yes or --dry-run')
    .action((file: string, options: ApplyOptions) => explained(file, () => apply(file, options)));
}

async function exportConfiguration(file: string): Promise<void> {
  await inHouse(async ({ configuring }) => {
    const text = formatConfiguration(await configuring.read());
    if (file === STANDARD) process.stdout.write(text);
    else writeText(file, text);
  });
}

async function apply(file: string, options: ApplyOptions): Promise<void> {
  const document = parseConfiguration(file === STANDARD ? await readAll(process.stdin) : readText(file));
  await inHouseOrNew(async (house) => {
    const plan = await house.configuring.plan(document, options.prune === true);
    const { changes, unchanged } = plan;
    if (!options.json) process.stdout.write(`${planText(plan)}\n`);
    const isWanted = changes.length > 0 && !options.dryRun && (await isAgreed(file, options));
    const created = isWanted ? await house.configuring.apply(document, options.prune === true, plan) : [];
    if (options.json) tell(options, { changes, unchanged, applied: isWanted, created }, '');
    else if (isWanted) process.stdout.write(`\nApplied.${secretsText(created)}\n`);
  });
}

function secretsText(created: readonly AppliedCredential[]): string {
  if (created.length === 0) return '';
  const lines = created.map(({ name, clientId, clientSecret }) => `  ${name}\n    ${clientId}\n    ${clientSecret}`);
  return ` The new secrets are shown this once:\n\n${lines.join('\n')}`;
}

async function isAgreed(file: string, { yes, json }: ApplyOptions): Promise<boolean> {
  if (yes) return true;
  if (json || file === STANDARD || !process.stdin.isTTY) {
    throw new UsageError('Nothing was applied: add --yes where nobody can be asked.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('\nApply this? [y/N] ');
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

async function explained(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new UsageError(`${file} cannot be applied:\n${error.message}`, { problems: error.problems });
  }
}
