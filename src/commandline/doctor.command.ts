import { InvalidArgumentError, type Command } from 'commander';
import { readConfig } from '../config';
import { diagnose, type Diagnosis } from '../doctor/doctor';
import { error, type Finding } from '../doctor/finding';
import { UsageError } from '../errors';
import { tell, type OutputOptions } from './output';

interface DoctorCommandOptions extends OutputOptions {
  readonly leastFree: number;
  readonly strict?: boolean;
}

const LEAST_FREE = 512;

/** Adds `doctor`. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Look for what is wrong with settings, keys, store and machine; changes nothing')
    .option('--least-free <MiB>', 'what must be left on the disk', mebibytesOf, LEAST_FREE)
    .option('--strict', 'fail for warnings, too')
    .option('--json', 'print one JSON object')
    .action(async (options: DoctorCommandOptions) => {
      const diagnosis = await diagnosed(options);
      const isWell = !diagnosis.findings.some(({ severity }) => severity === 'ERROR' || options.strict);
      tell(options, { isWell, ...diagnosis }, textOf(diagnosis));
      if (!isWell) process.exitCode = 1;
    });
}

async function diagnosed({ leastFree }: DoctorCommandOptions): Promise<Diagnosis> {
  try {
    return await diagnose(readConfig(), { leastFree });
  } catch (problem) {
    if (!(problem instanceof UsageError)) throw problem;
    return { findings: [unusableSettings(problem)], checked: ['settings'] };
  }
}

function unusableSettings({ message }: UsageError): Finding {
  const why = 'The gateway does not start with settings that it cannot understand.';
  return error('SETTINGS_ARE_UNUSABLE', message, why, 'Correct them; README.md lists all of them.');
}

function textOf({ findings, checked }: Diagnosis): string {
  const looked = `Looked at: ${checked.join(', ')}.`;
  if (findings.length === 0) return `Everything is well. ${looked}`;
  const paragraphs = findings.map(({ code, severity, what, why, remedy }) =>
    [`${severity} ${code}`, `  ${what}`, `  Why it matters: ${why}`, `  What to do: ${remedy}`].join('\n'),
  );
  return [...paragraphs, looked].join('\n\n');
}

function mebibytesOf(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('This is no number of MiB.');
  return Number(text);
}
