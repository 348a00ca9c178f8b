import { Option, type Command } from 'commander';
import { UsageError } from '../errors';
import { readText, writeText } from './text-files';

interface GeneratedOptions {
  readonly check?: string;
  readonly write?: string;
}

/** What the code says, as a text of its own and as all of the file that keeps it. */
export interface GeneratedText {
  readonly text: () => string;
  /** @throws UsageError when the text has no place in that file */
  readonly file: (name: string) => string;
}

/** Lets a command print a text that the code makes, put it into a file, or hold a file to it. */
export function tellsGenerated(command: Command, { text, file }: GeneratedText): void {
  command
    .addOption(new Option('--write <file>', 'put it there instead').conflicts('check'))
    .option('--check <file>', 'fail when the file says anything else')
    .action(({ check, write }: GeneratedOptions) => {
      if (write !== undefined) writeText(write, file(write));
      else if (check === undefined) process.stdout.write(text());
      else if (readText(check) !== file(check)) throw new UsageError(`${check} is stale. Run: npm run schema`);
    });
}
