import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { errorTable } from '../error-reference';
import { UsageError } from '../errors';

interface ErrorsOptions {
  readonly check?: string;
  readonly write?: string;
}

/** The table of a page: from its head to its last row. */
const TABLE = /^\| code .*(?:\n\|.*)*/m;

/** Adds `errors`. */
export function addErrorsCommand(program: Command): void {
  program
    .command('errors')
    .description('Print every code that a client can meet, with what it means')
    .option('--write <file>', 'put the table into the place of the one in this page')
    .option('--check <file>', 'fail when the page says anything else')
    .action(({ check, write }: ErrorsOptions) => {
      if (write !== undefined) writeFileSync(write, withTable(write));
      else if (check === undefined) process.stdout.write(`${errorTable()}\n`);
      else if (readFileSync(check, 'utf8') !== withTable(check))
        throw new UsageError(`${check} is stale. Run: npm run schema`);
    });
}

function withTable(file: string): string {
  const page = readFileSync(file, 'utf8');
  if (!TABLE.test(page)) throw new UsageError(`${file} has no table of codes.`);
  return page.replace(TABLE, () => errorTable());
}
