import type { Command } from 'commander';
import { errorTable } from '../error-reference';
import { UsageError } from '../errors';
import { tellsGenerated } from './generated-text';
import { readText } from './text-files';

/** The table of a page: from its head to its last row. */
const TABLE = /^\| code .*(?:\n\|.*)*/m;

/** Adds `errors`. */
export function addErrorsCommand(program: Command): void {
  const command = program
    .command('errors')
    .description('Print every code that a client can meet, with what it means, as a table of Markdown');
  tellsGenerated(command, { text: () => `${errorTable()}\n`, file: withTable });
}

function withTable(file: string): string {
  const page = readText(file);
  if (!TABLE.test(page)) throw new UsageError(`${file} has no table of codes.`);
  return page.replace(TABLE, () => errorTable());
}
