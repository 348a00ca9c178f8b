import path from 'node:path';
import { compressed } from './compressed.mts';
import { directImports } from './direct-imports.mts';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
const outDir = path.resolve(root, '../dist/playground');

/** A page of its own, so that its editor weighs nothing on the admin UI. */
export default defineConfig({
  root,
  base: '/playground/',
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    reportCompressedSize: false,
    // Most of it is one editor, which is needed as a whole.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: path.join(root, 'playground.html'),
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  plugins: [directImports(), compressed(outDir, 6)],
});
