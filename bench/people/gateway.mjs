import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from '../measuring/process.mjs';
import { ATTRIBUTES, CUSTOM_KEYS } from './workloads.mjs';

/** The project's folder, whose built gateway is measured. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const COMMAND = path.join(PROJECT, 'bin', 'fieldgate');

/**
 * What the gateway is started with. Two settings differ from the defaults: no credential is held to a number of requests, and
 * tokens live for an hour. The log is what users get, one line per answer, and goes to a file.
 */
export function gatewayEnvironment({ folder, databaseUrl = '' }) {
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: '',
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: databaseUrl,
    FIELDGATE_KEYS: '',
    LOG_LEVEL: 'info',
    REQUESTS_PER_MINUTE: '0',
    ACCESS_TOKEN_SECONDS: '3600',
  };
}

/** Runs one command of the gateway's command line. @returns what it says as JSON, or undefined */
export async function runCommand(place, ...words) {
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...words], {
    env: { ...process.env, NODE_ENV: 'production', ...gatewayEnvironment(place) },
  });
  return stdout.trim().startsWith('{') ? JSON.parse(stdout) : undefined;
}

/** Starts the built gateway as a user would. */
export async function startGateway(
  place,
  { execArgv = [], file = COMMAND, argv = ['start', '--no-demo', '--json'] } = {},
) {
  const logFile = path.join(place.folder, 'gateway.log');
  const env = gatewayEnvironment(place);
  const server = await startServer(file, argv, { env, logFile, execArgv, cwd: place.folder });
  return { ...server, origin: server.url };
}

/** Two credentials: `people` reads what the workloads ask for, `custom` reads first names and five custom attributes. */
export async function createCredentials(place) {
  const people = [...Object.keys(ATTRIBUTES), 'supervisor'];
  const custom = ['firstName', ...CUSTOM_KEYS.map((key) => `custom.${key}`)];
  return {
    people: await createCredential(place, 'People', people),
    custom: await createCredential(place, 'Custom', custom),
  };
}

function createCredential(place, name, attributes) {
  return runCommand(
    place,
    ...['credential', 'create', '--json', '--name', name, '--read', 'employees', '--attributes', attributes.join(',')],
  );
}

/** The request that a token is asked for with. */
export function tokenRequest({ clientId, clientSecret }) {
  return {
    method: 'POST',
    path: '/oauth/token',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  };
}

/** @returns an access token that lives for an hour */
export async function fetchToken(origin, credential) {
  const { path: at, ...request } = tokenRequest(credential);
  const answer = await fetch(origin + at, request);
  if (!answer.ok) throw new Error(`No token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).access_token;
}
