'use strict';

// Loaded before the compiler: changes the text of source files on their way in. The files themselves stay as they are.

const path = require('node:path');

const { patches } = JSON.parse(process.env.FIELDGATE_TEST_MUTANT ?? '{"patches":[]}');
const root = path.resolve(__dirname, '../../..');
const load = require.extensions['.js'];

require.extensions['.ts'] = (module, filename) => {
  const own = patches.filter(({ file }) => path.join(root, file) === filename);
  if (own.length > 0) {
    const compile = module._compile;
    module._compile = (text, name) => compile.call(module, own.reduce(patched, text), name);
  }
  load(module, filename);
};

function patched(text, { file, find, replace }) {
  if (text.split(find).length !== 2) throw new Error(`This stands not once in ${file}: ${find}`);
  return text.replace(find, () => replace);
}
