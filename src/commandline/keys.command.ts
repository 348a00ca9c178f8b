import type { Command } from 'commander';
import { newKeyRingText } from '../credentials/key-ring';
import type { KeyRotationReport } from '../credentials/key-rotation';
import { inHouse } from './in-house';
import { tell, type OutputOptions } from './output';

interface RotateOptions extends OutputOptions {
  readonly peppers?: boolean;
}

/** Adds `keys make` and `keys rotate`. */
export function addKeysCommand(program: Command): void {
  const keys = program.command('keys').description('The keys that are kept outside the database');
  keys
    .command('make')
    .description('Print fresh keys on one line, for FIELDGATE_KEYS; stores nothing')
    .action(() => {
      process.stdout.write(newKeyRingText());
    });
  keys
    .command('rotate')
    .description('Bring a new encryption key into use; every secret goes on working')
    .option('--peppers', 'bring a new key of verifiers into use as well')
    .option('--json', 'print one JSON object')
    .action(rotate);
}

async function rotate(options: RotateOptions): Promise<void> {
  await inHouse(async ({ keyRotation }) => {
    const report = await keyRotation.rotate({ peppers: options.peppers === true });
    tell(options, report, textOf(report));
  });
}

function textOf({ encryptionKey, rewrapped, unreadable }: KeyRotationReport): string {
  const done = `${rewrapped} secrets are wrapped by the key ${encryptionKey} now. Make a backup of the keys.`;
  if (unreadable === 0) return done;
  return `${done}\n${unreadable} could not be: their key is missing. They work on, but cannot be shown again.`;
}
