import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MUTANTS } from './mutants/mutants';

test.each(MUTANTS)('the fault can still be made that $name', ({ patches }) => {
  for (const { file, find } of patches) {
    const text = readFileSync(path.resolve(__dirname, '../..', file), 'utf8');
    expect([file, text.split(find).length - 1]).toEqual([file, 1]);
  }
});
