import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommanderError, type Command } from 'commander';
import { fieldgateCommands } from '../../src/commandline/program';
import { readConfig } from '../../src/config';
import { freshFolder } from './database';

const ROOT = path.resolve(__dirname, '../..');

/**
 * Holds a snippet for the shell that cannot be run in a test to what there is: the commands of `fieldgate` and their options, the
 * scripts of npm, the files that it names and the settings that it makes.
 *
 * @returns everything that is wrong with it, and whatever nobody knows how to check
 */
export function problemsOfShellSnippet(text: string): readonly string[] {
  const commands = text
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
    .flatMap((line) => (line === '' ? [] : line.split(' && ')))
    .map(parse);
  const variables = Object.fromEntries(commands.flatMap((command) => command.variables));
  return [...problemsOfVariables(variables), ...commands.flatMap(({ words }) => problemOf(words) ?? [])];
}

interface ShellCommand {
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly words: readonly string[];
}

function parse(line: string): ShellCommand {
  const words = [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
  const rest = words[0] === 'export' ? words.slice(1) : words;
  const first = rest.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const variables = (first === -1 ? rest : rest.slice(0, first)).map((word) => {
    const sign = word.indexOf('=');
    return [word.slice(0, sign), word.slice(sign + 1)] as const;
  });
  return { variables, words: first === -1 ? [] : rest.slice(first) };
}

/** Read by the example clients, by Node.js and by OpenTelemetry, and not by the gateway. */
const OF_OTHERS = /^(CLIENT_ID|CLIENT_SECRET|GATEWAY|NODE_OPTIONS|OTEL_[A-Z_]+)$/;

function problemsOfVariables(variables: Readonly<Record<string, string>>): readonly string[] {
  const settings = Object.fromEntries(Object.entries(variables).filter(([name]) => !OF_OTHERS.test(name)));
  return problemsOfSettings(JSON.stringify(settings));
}

/** @param text of a file of settings, in YAML or JSON */
export function problemsOfSettings(text: string): readonly string[] {
  const file = path.join(freshFolder(), 'settings.yaml');
  writeFileSync(file, text);
  return thrownBy(() => readConfig({ FIELDGATE_CONFIG: file }));
}

function problemOf(words: readonly string[]): readonly string[] | undefined {
  const [program, first = '', ...rest] = words;
  if (program === undefined) return undefined;
  if (program === 'fieldgate') return problemsOfFieldgate(words.slice(1));
  if (program === 'npx' && first === 'fieldgate') return problemsOfFieldgate(rest);
  if (program === 'npx' && first === 'jest') return missing(rest);
  if (program === 'npm' && first === 'run') return isScript(rest[0] ?? '');
  if (program === 'npm' && ['start', 'test'].includes(first)) return isScript(first);
  if (program === 'npm' && ['ci', 'install'].includes(first)) return undefined;
  if (program === 'docker' && first === 'build') return missing(rest.slice(rest.indexOf('-f') + 1).slice(0, 1));
  if (program === 'docker' && first === 'run') return undefined;
  return [`Nobody checks: ${words.join(' ')}`];
}

function missing(files: readonly string[]): readonly string[] {
  return files.filter((file) => !existsSync(path.join(ROOT, file))).map((file) => `There is no ${file}.`);
}

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

function isScript(name: string): readonly string[] {
  return name in scripts ? [] : [`There is no script ${name}.`];
}

/** Reads the arguments as the real command line does, and runs nothing. */
function problemsOfFieldgate(args: readonly string[]): readonly string[] {
  const program = fieldgateCommands();
  disarm(program);
  return thrownBy(() => program.parse(args, { from: 'user' }));
}

function disarm(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  else command.commands.forEach(disarm);
}

function thrownBy(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return [];
    return [error instanceof Error ? error.message : String(error)];
  }
}
