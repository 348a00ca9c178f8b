import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadKeyRing } from '../src/store/key-file';
import { freshFolder } from './support/database';

describe('the keys that secrets are sealed with', () => {
  let dataDir: string;
  let file: string;

  beforeEach(() => {
    dataDir = freshFolder();
    file = path.join(dataDir, 'keys.json');
  });

  test('lie beside the store in a file that its owner alone may read, and stay the same', () => {
    const made = loadKeyRing({ dataDir, keys: undefined }, false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadKeyRing({ dataDir, keys: undefined }, true).peppers).toEqual(made.peppers);
  });

  test('are refused when others may read the file', () => {
    loadKeyRing({ dataDir, keys: undefined }, false);
    chmodSync(file, 0o640);
    expect(() => loadKeyRing({ dataDir, keys: undefined }, true)).toThrow('readable by others');
  });

  test('are not made anew beside a store that is in use: its secrets would be lost', () => {
    loadKeyRing({ dataDir, keys: undefined }, false);
    rmSync(file);
    expect(() => loadKeyRing({ dataDir, keys: undefined }, true)).toThrow();
    expect(existsSync(file)).toBe(false);
  });

  test('come from the environment when they stand there, and then no file is written', () => {
    const made = loadKeyRing({ dataDir, keys: undefined }, false);
    const keys = readFileSync(file, 'utf8');
    const elsewhere = freshFolder();
    expect(loadKeyRing({ dataDir: elsewhere, keys }, false).peppers).toEqual(made.peppers);
    expect(made.peppers).toHaveLength(1);
    expect(existsSync(path.join(elsewhere, 'keys.json'))).toBe(false);
  });
});
