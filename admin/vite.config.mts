import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { compressed } from './compressed.mts';
import { directImports } from './direct-imports.mts';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

const root = import.meta.dirname;
const outDir = path.resolve(root, '../dist/admin');

/** What the page with the list of credentials may weigh when it is opened for the first time, compressed. */
const FIRST_LOAD_KB = 250;

export default defineConfig({
  root,
  base: '/',
  // Replaced by a fresh nonce with every page that the gateway serves.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    reportCompressedSize: false,
    // "use client" means something to servers that draw React, which there is none of here.
    rolldownOptions: {
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  // React is translated by Vite itself, from what tsconfig.json says.
  plugins: [directImports(), weighFirstLoad(), compressed(outDir)],
  server: {
    port: 4390,
    proxy: { '/graphql': { target: process.env['GATEWAY'] ?? 'http://localhost:4000' } },
  },
});

/** Adds up, after a build, everything that the list of credentials loads, and fails the build when that is too much. */
function weighFirstLoad(): Plugin {
  return {
    name: 'weigh-first-load',
    apply: 'build',
    writeBundle(_options, bundle) {
      const files = firstLoad(bundle);
      const kilobytes = files.map((file) => gzipSync(readFileSync(path.join(outDir, file))).length / 1000);
      const sum = kilobytes.reduce((total, size) => total + size, 0);
      const claim = `First load of the list of credentials: ${sum.toFixed(1)} kB compressed, of ${FIRST_LOAD_KB} allowed.`;
      process.stderr.write(`${claim}\n`);
      const parts = files.map((file, index) => `${(kilobytes[index] ?? 0).toFixed(1).padStart(6)} kB  ${file}`);
      if (sum > FIRST_LOAD_KB) this.error(`The first load has grown too heavy:\n${parts.join('\n')}`);
    },
  };
}

/** The page, its entry, the list's lazy part and the larger one of the two languages, each with all that it needs. */
function firstLoad(bundle: Rolldown.OutputBundle): readonly string[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
  const starts = chunks.filter(
    ({ isEntry, facadeModuleId }) => isEntry || /credentials\.page\.tsx$|de\.json$/.test(facadeModuleId ?? ''),
  );
  const files = new Set<string>(['index.html']);
  const visit = (name: string): void => {
    const output = bundle[name];
    if (!output || output.type !== 'chunk' || files.has(name)) return;
    files.add(name);
    output.viteMetadata?.importedCss.forEach((css) => files.add(css));
    output.imports.forEach(visit);
  };
  starts.forEach(({ fileName }) => visit(fileName));
  return [...files];
}
