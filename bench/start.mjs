/**
 * What `npm run bench` runs, with nothing but Node: installs the benchmark's own packages when its lockfile has changed, builds
 * the gateway as it stands, and goes on with the rest of the command line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

const installed = new URL('node_modules/.package-lock.json', import.meta.url);
if (!existsSync(installed) || isOlder(installed, new URL('package-lock.json', import.meta.url))) {
  run(npm, ['ci', '--no-audit', '--no-fund'], HERE);
}
// The pages of the admin UI are served but not measured: what there is of them is enough.
if (existsSync(new URL('../dist/admin/index.html', import.meta.url))) {
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], PROJECT);
} else {
  run(npm, ['run', '--silent', 'build'], PROJECT);
}
await import('./bench.mjs');

function isOlder(one, other) {
  return statSync(one).mtimeMs < statSync(other).mtimeMs;
}

function run(command, argv, cwd) {
  const { status } = spawnSync(command, argv, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
