import path from 'node:path';
import { compressed } from './compressed.mts';
import { docsPages } from './docs-pages.mts';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
const outDir = path.resolve(root, '../dist/docs');

/** The frame of the documentation, and every page of it. */
export default defineConfig({
  root,
  base: '/docs/',
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: { input: path.join(root, 'docs.html') },
  },
  plugins: [compressed(outDir), docsPages(path.resolve(root, '../docs'), outDir)],
});
