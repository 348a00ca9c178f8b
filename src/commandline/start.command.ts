import { availableParallelism } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import { openHouse, startGateway, type Gateway, type House } from '../app';
import { readConfig, type Config } from '../config';
import { createDemoCompany, type DemoCompany } from '../demo/demo-company';
import { keepFreedMemory } from '../freed-memory';
import { openLog } from '../log';
import { PublicAddress } from '../public-address';
import { UsageError } from '../errors';
import { claimablePort } from './claimable-port';
import { tell, type OutputOptions } from './output';
import { isWorker, stopWhenTold, Workers } from './workers';

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
  keepFreedMemory();
  const config = readConfig();
  // The secrets of the invented company are told once, when the gateway answers. It must not be made for a start that cannot.
  await claimablePort(config);
  const house = await openHouse(config);
  const demo = options.demo ? await createDemoCompany(house) : undefined;
  const gateway = await startGateway(house);
  const setupUrl = await newSetupUrl(house, gateway.url);
  stopOnSignal(() => gateway.stop(), config);
  tellStarted(options, { gateway, demo, setupUrl });
}

/** One of several workers: the process that started it has filled the store, and tells what there is to tell. */
async function serve(): Promise<void> {
  keepFreedMemory();
  const gateway = await startGateway(await openHouse(readConfig()));
  stopWhenTold(() => gateway.stop());
}

/** Starts workers. What happens once, such as migrations and the demo company, is done before the first of them. */
async function startAll(options: StartOptions): Promise<void> {
  const config = readConfig();
  if (config.metrics)
    throw new UsageError('Figures are those of one process: with --workers, leave METRICS_PORT unset.');
  const port = await claimablePort(config);
  const { url } = new PublicAddress({ ...config, port });
  const house = await openHouse(config);
  const demo = options.demo ? await createDemoCompany(house) : undefined;
  const setupUrl = await newSetupUrl(house, url);
  await house.close();
  const workers = new Workers({ PORT: String(port) }, openLog(config.logLevel));
  await workers.start(options.workers);
  stopOnSignal(() => workers.stop(), config);
  tellStarted(options, { gateway: { url, metricsUrl: undefined }, demo, setupUrl });
}

const MOST_WORKERS = 256;

function workerCount(text: string): number {
  if (text === 'auto') return availableParallelism();
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_WORKERS) return count;
  throw new InvalidArgumentError(`It is auto, or a number from 1 to ${MOST_WORKERS}.`);
}

/** As others reach it. */
type Reached = Pick<Gateway, 'url' | 'metricsUrl'>;

interface Started {
  readonly gateway: Reached;
  readonly demo: DemoCompany | undefined;
  readonly setupUrl: string | undefined;
}

function tellStarted(options: OutputOptions, { gateway, demo, setupUrl }: Started): void {
  const { url, metricsUrl } = gateway;
  const result = {
    url,
    ...(metricsUrl === undefined ? {} : { metricsUrl }),
    ...(demo ? { demo } : {}),
    ...(setupUrl === undefined ? {} : { setupUrl }),
  };
  tell(options, result, textOf(gateway, demo, setupUrl));
}

// Behind the #, so that the token reaches no server and no log.
async function newSetupUrl({ admins, links }: House, url: string): Promise<string | undefined> {
  return (await admins.isEmpty()) ? `${url}/setup#token=${await links.newSetup()}` : undefined;
}

function textOf({ url, metricsUrl }: Reached, demo: DemoCompany | undefined, setupUrl: string | undefined): string {
  return [
    ...(demo ? [demoText(url, demo), ''] : []),
    ...(setupUrl === undefined ? [] : ['Make the first admin, within half an hour:', '', `  ${setupUrl}`, '']),
    ...(metricsUrl === undefined ? [] : [`Its figures are at ${metricsUrl}`]),
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

/** What may come after the last connection was cut, in seconds: writing what was counted, closing the store. */
const LAST_WORK_SECONDS = 10;

function stopOnSignal(
  stop: () => Promise<boolean>,
  limits: Pick<Config, 'shutdownDelaySeconds' | 'shutdownTimeoutSeconds'>,
): void {
  const onSignal = () => {
    const seconds = limits.shutdownDelaySeconds + limits.shutdownTimeoutSeconds + LAST_WORK_SECONDS;
    setTimeout(() => process.exit(1), seconds * 1_000).unref();
    stop().then(
      (isWhole) => isWhole || tellUnclean('requests took too long and were cut off'),
      (error: unknown) => tellUnclean(String(error)),
    );
  };
  // Once: whoever asks a second time means it, and gets the system's own way of ending a process.
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
}

function tellUnclean(reason: string): void {
  process.exitCode = 1;
  process.stderr.write(`The gateway did not stop cleanly: ${reason}\n`);
}
