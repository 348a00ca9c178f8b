import type { Command } from 'commander';
import { readConfig } from '../config';
import { openStore } from '../store/store';
import { tell, type OutputOptions } from './output';

interface MigrateOptions extends OutputOptions {
  readonly contract?: boolean;
}

/** Adds `migrate`. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the store up to date without serving; `start` does so too')
    .option('--contract', 'also take away what older versions need; only when none of them runs any more')
    .option('--json', 'print one JSON object')
    .action(async (options: MigrateOptions) => {
      const store = await openStore(readConfig(), { contract: options.contract === true });
      await store.close();
      tell(options, { upToDate: true, dialect: store.dialect }, 'The store is up to date.');
    });
}
