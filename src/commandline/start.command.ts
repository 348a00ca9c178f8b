import { availableParallelism } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import { pino } from 'pino';
import { openHouse, startGateway, type House } from '../app';
import { readConfig } from '../config';
import { createDemoCompany, type DemoCompany } from '../demo/demo-company';
import { PublicAddress } from '../public-address';
import { tell, type OutputOptions } from './output';
import { claimablePort, isWorker, stopWhenTold, Workers } from './workers';

interface StartOptions extends OutputOptions {
  readonly demo: boolean;
  readonly workers: number;
}

/** Adds `start`. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('Serve; an empty store is filled with an invented company first')
    .option('--no-demo', 'leave an empty store empty')
    .option(
      '--workers <count>',
      'processes that share the port: a number, or auto for one on each core',
      workerCount,
      1,
    )
    .option('--json', 'print one JSON object')
    .action((options: StartOptions) =>
      isWorker() ? serve() : options.workers > 1 ? startAll(options) : start(options),
    );
}

async function start(options: StartOptions): Promise<void> {
  const house = await openHouse(readConfig());
  const demo = options.demo ? await createDemoCompany(house) : undefined;
  const gateway = await startGateway(house);
  const setupUrl = await newSetupUrl(house, gateway.url);
  stopOnSignal(() => gateway.close());
  tellStarted(options, { url: gateway.url, demo, setupUrl });
}

/** One of several workers: the process that started it has filled the store, and tells what there is to tell. */
async function serve(): Promise<void> {
  const gateway = await startGateway(await openHouse(readConfig()));
  stopWhenTold(() => gateway.close());
}

/** Starts workers. What happens once, such as migrations and the demo company, is done before the first of them. */
async function startAll(options: StartOptions): Promise<void> {
  const config = readConfig();
  const port = await claimablePort(config);
  const { url } = new PublicAddress({ ...config, port });
  const house = await openHouse(config);
  const demo = options.demo ? await createDemoCompany(house) : undefined;
  const setupUrl = await newSetupUrl(house, url);
  await house.close();
  const workers = new Workers(
    { PORT: String(port) },
    pino({ level: config.logLevel, base: null }, pino.destination(2)),
  );
  await workers.start(options.workers);
  stopOnSignal(async () => {
    if (!(await workers.stop())) throw new Error('a worker failed');
  });
  tellStarted(options, { url, demo, setupUrl });
}

const MOST_WORKERS = 256;

function workerCount(text: string): number {
  if (text === 'auto') return availableParallelism();
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_WORKERS) return count;
  throw new InvalidArgumentError(`It is auto, or a number from 1 to ${MOST_WORKERS}.`);
}

interface Started {
  readonly url: string;
  readonly demo: DemoCompany | undefined;
  readonly setupUrl: string | undefined;
}

function tellStarted(options: OutputOptions, { url, demo, setupUrl }: Started): void {
  const result = { url, ...(demo ? { demo } : {}), ...(setupUrl === undefined ? {} : { setupUrl }) };
  tell(options, result, textOf(url, demo, setupUrl));
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
