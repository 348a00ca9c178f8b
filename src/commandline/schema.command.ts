import type { Command } from 'commander';
import { schemaText } from '../schema';
import { tellsGenerated } from './generated-text';

/** Adds `schema`. */
export function addSchemaCommand(program: Command): void {
  const command = program.command('schema').description('Print the GraphQL schema');
  tellsGenerated(command, { text: schemaText, file: schemaText });
}
