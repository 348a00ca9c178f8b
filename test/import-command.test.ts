import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { readConfig } from '../src/config';
import { openStore } from '../src/store/store';
import { databases, freshFolder, type TestLocation } from './support/database';

const FIELDGATE = path.resolve(__dirname, '../bin/fieldgate');

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  location: Pick<TestLocation, 'dataDir' | 'databaseUrl'>,
  args: readonly string[],
  node: readonly string[] = [],
): ChildProcess {
  const { PATH = '' } = process.env;
  const env = { PATH, DATA_DIR: location.dataDir, DATABASE_URL: location.databaseUrl ?? '' };
  return spawn(process.execPath, [...node, FIELDGATE, 'import', 'employees', ...args], { env, stdio: 'pipe' });
}

async function finish(child: ChildProcess): Promise<Finished> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => (output.stdout += String(text)));
  child.stderr?.on('data', (text) => (output.stderr += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

function fileIn(folder: string, content: string, name = 'people.csv'): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('fieldgate import employees', () => {
  const dataDir = freshFolder();
  const run = (...args: string[]) => finish(start({ dataDir, databaseUrl: undefined }, args));
  const good = fileIn(freshFolder(), 'personnelNumber,firstName\n1,Ada\n2,Bob\n');
  const bad = fileIn(freshFolder(), 'personnelNumber,hireDate\n1,2020-01-01\n3,soon\n');

  test('--json prints exactly one object', async () => {
    const { code, stdout, stderr } = await run(good, '--json');
    expect(stdout).toBe('{"created":2,"updated":0,"unchanged":0,"skipped":0,"dryRun":false}\n');
    expect([code, stderr]).toEqual([0, '']);
  });

  test('a refusal is one object on standard output with --json, and exit code 1', async () => {
    const { code, stdout } = await run(bad, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        message: expect.stringContaining('Nothing of people.csv was imported') as string,
        problems: [{ line: 3, column: 'hireDate', reason: '"soon" is not a day of the form YYYY-MM-DD' }],
        problemCount: 1,
      },
    });
  });

  test('a refusal is text on standard error without it, and exit code 1', async () => {
    const { code, stdout, stderr } = await run(bad);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('line 3, column "hireDate": "soon" is not a day of the form YYYY-MM-DD');
    expect(stderr).not.toContain('    at ');
  });

  test('a missing file and a missing map are refused in a sentence', async () => {
    expect(await run('nowhere.csv')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nowhere.csv does not exist') as string,
    });
    expect(await run(good, '--map', 'nowhere.json', '--json')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('nowhere.json') as string,
    });
  });

  test('--dry-run and --skip-bad tell people what happens', async () => {
    expect((await run(good, '--dry-run')).stdout).toContain(
      'Nothing was changed. An import would give: 0 created, 0 updated, 2 unchanged.',
    );
    const { code, stdout } = await run(bad, '--skip-bad');
    expect(code).toBe(0);
    expect(stdout).toContain('Imported: 0 created, 1 updated, 0 unchanged.\n1 row skipped:\n  line 3');
  });
});

test('a line of 1 GB is refused with little memory', async () => {
  const folder = freshFolder();
  for (const [name, opening] of [
    ['people.csv', 'personnelNumber,firstName\n1,"'],
    ['people.json', '[{"personnelNumber":"'],
  ] as const) {
    const file = path.join(folder, name);
    await writeGigabyte(file, opening);
    const child = start({ dataDir: folder, databaseUrl: undefined }, [file], ['--max-old-space-size=96']);
    const { code, stderr } = await finish(child);
    expect(stderr).toContain('larger than 1 MiB');
    expect(code).toBe(1);
  }
});

// Sparse files hold NUL characters, which would be refused for what they are.
async function writeGigabyte(file: string, opening: string): Promise<void> {
  const stream = createWriteStream(file);
  const piece = Buffer.alloc(16 * 1_048_576, 'x');
  stream.write(opening);
  for (let count = 0; count < 64; count += 1) if (!stream.write(piece)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'close');
}

describe.each(databases)('on $name', (database) => {
  test('an import that is killed leaves all of its people or nobody', async () => {
    const location = await database.freshLocation();
    const size = 5_000;
    const rows = Array.from({ length: size }, (_, at) => `${at},First,D${at % 9},${at === 0 ? '' : at - 1}`);
    const file = fileIn(freshFolder(), `personnelNumber,firstName,department,supervisor\n${rows.join('\n')}\n`);
    await (await openStore(location)).close();
    const counts: number[] = [];
    for (const milliseconds of [450, 700, 800, 900, 1_000, 1_150]) {
      const child = start(location, [file]);
      const closed = once(child, 'close');
      await Promise.race([setTimeout(milliseconds), closed]);
      child.kill('SIGKILL');
      await closed;
      counts.push(await countPeople(location));
    }
    for (const count of counts) expect([0, size]).toContain(count);
    expect(counts[0]).toBe(0);
    expect(await finish(start(location, [file, '--json']))).toMatchObject({ code: 0 });
    expect(await countPeople(location)).toBe(size);
    await location.remove();
  });
});

async function countPeople(location: TestLocation): Promise<number> {
  const store = await openStore({ ...readConfig({}), ...location });
  try {
    const [row] = await store.read(sql`SELECT count(*) AS people FROM employee`);
    const [units] = await store.read(sql`SELECT count(*) AS units FROM department`);
    expect(Number(units?.['units'])).toBe(Number(row?.['people']) === 0 ? 0 : 9);
    return Number(row?.['people']);
  } finally {
    await store.close();
  }
}
