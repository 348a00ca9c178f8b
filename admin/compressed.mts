import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Writes every text file compressed as well, so that the gateway has nothing to compress while it serves.
 *
 * @param quality of Brotli, at most 11; above 9, a megabyte takes seconds
 */
export function compressed(outDir: string, quality = 11): Plugin {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: quality } };
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle(_options, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /^assets\/.*\.(js|css)$/.test(file))) {
        const file = path.join(outDir, name);
        const content = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(content, options));
        writeFileSync(`${file}.gz`, gzipSync(content));
      }
    },
  };
}
