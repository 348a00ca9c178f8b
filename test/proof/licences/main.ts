import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Shows that the licence of everything that reaches users allows it: what an installation brings along, and what is built into
 * the pages. Licences are those of the installed packages; nothing asks the network.
 */

/** Whoever uses Fieldgate has to do no more than keep the notices. An expression counts as it is written. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  '(BSD-2-Clause OR MIT OR Apache-2.0)',
  '(MIT AND BSD-3-Clause)',
  '(MIT OR CC0-1.0)',
  '(MIT OR WTFPL)',
]);

const ROOT = path.resolve(__dirname, '../../..');
/** Where the pages are written. What their builder itself imports stays on the builder's machine. */
const PAGES = path.join(ROOT, 'admin/src');

interface Package {
  readonly license?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function packageIn(folder: string): Package {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Package;
}

/** The names of packages that the pages import. */
function importedByPages(): string[] {
  const files = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const imports = files.flatMap((file) => [
    ...readFileSync(path.join(PAGES, file), 'utf8').matchAll(
      /(?:from |import |import\()'((?:@[\w-]+\/)?[\w-][\w.-]*)/g,
    ),
  ]);
  return [...new Set(imports.map(([, name = '']) => name))];
}

/** Where Node finds a package, seen from a folder; undefined for an optional one that this machine does not need. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; folder.startsWith(ROOT); folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(found, 'package.json'))) return found;
  }
  return undefined;
}

/** The folders of packages by these names and of all that they need. */
function withNeeded(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = names.map((name) => ({ name, from: ROOT }));
  for (let next = queue.pop(); next; next = queue.pop()) {
    const folder = folderOf(next.name, next.from);
    if (folder === undefined || found.has(folder)) continue;
    found.add(folder);
    const { dependencies, optionalDependencies, peerDependencies } = packageIn(folder);
    const needed = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    queue.push(...needed.map((name) => ({ name, from: folder })));
  }
  return found;
}

const roots = Object.keys(packageIn(ROOT).dependencies ?? {});
const lost = roots.filter((name) => folderOf(name, ROOT) === undefined);
const folders = withNeeded([...roots, ...importedByPages()]);
const refused = [...folders].flatMap((folder) => {
  const { license } = packageIn(folder);
  const isAllowed = typeof license === 'string' && ALLOWED.has(license);
  return isAllowed
    ? []
    : [`${path.relative(ROOT, folder)}: ${typeof license === 'string' ? license : 'none in words'}`];
});

for (const name of lost) console.error(`${name} is not installed: run npm ci first.`);
for (const line of refused) console.error(`Not on the list of licences: ${line}`);
console.log(`${folders.size} packages reach users; ${refused.length} of them have a licence that is not on the list.`);
if (lost.length + refused.length > 0) process.exitCode = 1;
