import { Option, type Command } from 'commander';
import type { House } from '../app';
import { UsageError } from '../errors';
import type { Contract } from '../permissions/contracts';
import { contractDifferences } from '../permissions/contract-differences';
import { inHouse } from './in-house';
import { tell, type OutputOptions } from './output';
import { readText, writeText } from './text-files';

interface ContractOptions extends OutputOptions {
  readonly credential: string;
  readonly check?: string;
  readonly write?: string;
}

/** Adds `contract`. */
export function addContractCommand(program: Command): void {
  program
    .command('contract')
    .description('Print the part of the GraphQL schema that a credential may use, or tell what has changed about it')
    .requiredOption('--credential <name>', 'its name or client id')
    .addOption(new Option('--write <file>', 'put it there instead').conflicts('check'))
    .option('--check <file>', 'fail, and tell the differences, when the file says anything else')
    .option('--json', 'print one JSON object')
    .action((options: ContractOptions) => inHouse((house) => tellContract(house, options)));
}

async function tellContract(house: House, options: ContractOptions): Promise<void> {
  const { credential, check, write } = options;
  const { text, hash } = await contractOf(house, credential);
  if (write !== undefined) {
    writeText(write, text);
    tell(options, { file: write, hash }, `${write} holds the contract of ${credential}, ${hash}.`);
  } else if (check !== undefined) {
    assertSame(check, text);
    tell(options, { file: check, hash }, `${check} is the contract of ${credential}, ${hash}.`);
  } else if (options.json) tell(options, { contract: text, hash }, '');
  else process.stdout.write(text);
}

async function contractOf({ contracts, credentials }: House, nameOrClientId: string): Promise<Contract> {
  return contracts.of(await credentials.grantsOf(nameOrClientId));
}

/** @throws UsageError that tells what the file lacks and what it has too much */
function assertSame(file: string, text: string): void {
  const kept = readText(file);
  if (kept === text) return;
  const differences = contractDifferences(kept, text);
  if (!differences) throw new UsageError(`${file} is no contract.`);
  const lines = differences.map((line) => `\n  ${line}`).join('');
  throw new UsageError(`${file} is not what the credential may use now:${lines}`, { differences });
}
