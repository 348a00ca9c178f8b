import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const KIT = '@mantine/core';

/**
 * Leads imports from the kit's index past it, to the file of each component. Through the index, the first page would load
 * what any page uses: the index re-exports another package as a whole, which keeps it from being taken apart.
 */
export function directImports(): Plugin {
  const index = fileURLToPath(import.meta.resolve(KIT));
  const places = placesOf(readFileSync(index, 'utf8'), path.dirname(index));
  return {
    name: 'direct-imports',
    enforce: 'pre',
    transform: {
      filter: { id: [/\/admin\/src\/.*\.tsx?$/, /\/@mantine\/.*\.mjs$/] },
      handler: (code) =>
        code.replace(/import \{([^}]+)\} from ["']@mantine\/core["'];/g, (statement, names: string) =>
          direct(names.split(','), places, statement),
        ),
    },
  };
}

function placesOf(index: string, folder: string): ReadonlyMap<string, string> {
  const imports = index.matchAll(/import \{ ([^}]+) \} from "(\.[^"]+)";/g);
  return new Map(
    [...imports].flatMap(([, names = '', file = '']) =>
      names.split(', ').map((name) => [name, path.join(folder, file)] as const),
    ),
  );
}

function direct(names: readonly string[], places: ReadonlyMap<string, string>, statement: string): string {
  const wanted = names.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '));
  const files = wanted.map((name) => places.get(name));
  if (files.includes(undefined)) return statement;
  return wanted.map((name, place) => `import { ${name} } from ${JSON.stringify(files[place])};`).join(' ');
}
