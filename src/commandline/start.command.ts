import type { Command } from 'commander';
import { openHouse, startGateway, type House } from '../app';
import { readConfig } from '../config';
import { createDemoCompany, type DemoCompany } from '../demo/demo-company';
import { tell, type OutputOptions } from './output';

interface StartOptions extends OutputOptions {
  readonly demo: boolean;
}

/** Adds `start`. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('Serve; an empty store is filled with an invented company first')
    .option('--no-demo', 'leave an empty store empty')
    .option('--json', 'print one JSON object')
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const house = await openHouse(readConfig());
  const demo = options.demo ? await createDemoCompany(house) : undefined;
  const gateway = await startGateway(house);
  const setupUrl = await newSetupUrl(house, gateway.url);
  stopOnSignal(() => gateway.close());
  const result = { url: gateway.url, ...(demo ? { demo } : {}), ...(setupUrl === undefined ? {} : { setupUrl }) };
  tell(options, result, textOf(gateway.url, demo, setupUrl));
}

// Behind the #, so that the token reaches no server and no log.
async function newSetupUrl({ admins, links }: House, url: string): Promise<string | undefined> {
  return (await admins.isEmpty()) ? `${url}/setup#token=${await links.newSetup()}` : undefined;
}

function textOf(url: string, demo: DemoCompany | undefined, setupUrl: string | undefined): string {
  return [
    ...(demo ? [demoText(url, demo), ''] : []),
    ...(setupUrl === undefined ? [] : ['Make the first admin, within half an hour:', '', `  ${setupUrl}`, '']),
    `Fieldgate answers at ${url}/graphql`,
  ].join('\n');
}

function demoText(url: string, { employees, credentials }: DemoCompany): string {
  const lines = credentials.map(
    ({ name, clientId, secret, enabled }) => `  ${name}${enabled ? '' : ' (disabled)'}\n    ${clientId}\n    ${secret}`,
  );
  const [first] = credentials;
  return [
    `An invented company of ${employees} people moved into the empty store, with these credentials.`,
    'Their secrets are shown this once and kept nowhere:',
    '',
    ...lines,
    '',
    ...(first ? ['Paste this into another terminal:', '', `  ${curlLine(url, first)}`] : []),
  ].join('\n');
}

const SAMPLE =
  '{ employees(first: 3) { totalCount nodes { firstName lastName department { name } fixSalary { amount currency } } } }';

function curlLine(url: string, { clientId, secret }: DemoCompany['credentials'][number]): string {
  const body = JSON.stringify({ query: SAMPLE });
  return `curl -s ${url}/graphql -u ${clientId}:${secret} -H 'content-type: application/json' -d '${body}'`;
}

function stopOnSignal(stop: () => Promise<void>): void {
  const onSignal = () => {
    stop().catch((error: unknown) => {
      process.exitCode = 1;
      process.stderr.write(`The gateway did not stop cleanly: ${String(error)}\n`);
    });
  };
  // Once: whoever asks a second time means it, and gets the system's own way of ending a process.
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
}
