import type { Command } from 'commander';
import { readConfig } from '../config';
import { openStore } from '../store/store';
import { tell, type OutputOptions } from './output';

/** Adds `migrate`. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the store up to date without serving; `start` does so too')
    .option('--json', 'print one JSON object')
    .action(async (options: OutputOptions) => {
      const store = await openStore(readConfig());
      await store.close();
      tell(options, { upToDate: true, dialect: store.dialect }, 'The store is up to date.');
    });
}
