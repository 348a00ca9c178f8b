import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from '../errors';
import { schemaText } from '../schema';

interface SchemaOptions {
  readonly check?: string;
  readonly write?: string;
}

/** Adds `schema`. */
export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .description('Print the GraphQL schema')
    .option('--write <file>', 'put it there instead')
    .option('--check <file>', 'fail when the file says anything else')
    .action(({ check, write }: SchemaOptions) => {
      const text = schemaText();
      if (write !== undefined) writeFileSync(write, text);
      else if (check === undefined) process.stdout.write(text);
      else if (readFileSync(check, 'utf8') !== text) throw new UsageError(`${check} is stale. Run: npm run schema`);
    });
}
