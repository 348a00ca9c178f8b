import path from 'node:path';
import { openTable } from '../src/tabular/table';
import { databases } from './support/database';
import { present } from './support/present';
import { importSite, type ImportSite } from './support/import';

const sqlite = present(databases.find(({ name }) => name === 'SQLite'));
let site: ImportSite;

beforeAll(async () => {
  site = await importSite(sqlite);
});

afterAll(async () => {
  expect(await site.people()).toEqual([]);
  await site.close();
});

const MEBIBYTE = 1_048_576;

describe('a file that is broken as a whole is refused, telling where and why', () => {
  const json = (text: string | Buffer) => ({ text, name: 'people.json' });
  const cases: readonly [name: string, source: Parameters<ImportSite['take']>[0], message: RegExp][] = [
    ['empty', '', /people\.csv is empty\./],
    ['blank', ' \n\n', /is empty/],
    ['only a byte order mark', '\ufeff', /is empty/],
    ['a header and no rows', 'personnelNumber,firstName\n', /has no rows/],
    ['an empty JSON array', json('[]'), /has no rows/],
    ['UTF-16 with a byte order mark', { text: Buffer.from('\ufeffpersonnelNumber\n1\n', 'utf16le') }, /UTF-16/],
    ['UTF-16 without one', { text: Buffer.from('personnelNumber\n1\n', 'utf16le') }, /UTF-16/],
    [
      'Latin-1',
      { text: Buffer.from('personnelNumber,firstName\n1,Ann\n2,J\xfcrgen\n', 'latin1') },
      /near line 3.*Latin-1/,
    ],
    ['cut in the middle of a character', { text: Buffer.from('personnelNumber\n1\n\xc3', 'latin1') }, /not UTF-8/],
    ['a spreadsheet', { text: Buffer.from('PK\x03\x04rest'), name: 'people.xlsx' }, /spreadsheet/],
    [
      'a quote inside a cell',
      'personnelNumber,firstName\n1,A\n2,B"b"\n',
      /line 3: a quote stands inside an unquoted cell/,
    ],
    ['text behind a closing quote', 'personnelNumber,firstName\n1,"A"b\n', /line 2: a quoted cell goes on/],
    ['a quote that never closes', 'personnelNumber,firstName\n1,"A\n2,B\n', /not closed/],
    [
      'a cell of more than 1 MiB',
      `personnelNumber,firstName\n1,${'x'.repeat(MEBIBYTE + 1)}\n`,
      /line 2: the row is larger than 1 MiB/,
    ],
    ['a column twice', 'personnelNumber,firstName,firstName\n1,A,B\n', /column "firstName" twice/],
    ['a column without a name', 'personnelNumber,,firstName\n1,A,B\n', /column 2 has no name/],
    ['unknown columns', 'personnelNumber,shoe size,firstName,x\n1,4,A,b\n', /"shoe size", "x"/],
    ['a column that the gateway keeps', 'personnelNumber,createdAt\n1,2020-01-01\n', /"createdAt"/],
    ['no personnel number', 'firstName\nAda\n', /no column "personnelNumber"/],
    ['JSON that ends too early', json('[{"personnelNumber":"1"}'), /not closed/],
    ['JSON with a comma too many', json('[{"personnelNumber":"1"},]'), /line 1: this item is not valid JSON/],
    ['JSON with text behind it', json('[{"personnelNumber":"1"}]\nx'), /line 2: there is text outside/],
    ['JSON with an item of more than 1 MiB', json(`[\n"${'x'.repeat(MEBIBYTE)}"]`), /line 2: an item is larger/],
    [
      'NDJSON with a line of more than 1 MiB',
      json(`{"a":1}\n{"b":"${'x'.repeat(2 * MEBIBYTE)}`),
      /larger|longer than 1 MiB/,
    ],
  ];

  test.each(cases)('%s', async (_name, source, message) => {
    const map =
      typeof source === 'string' || !String(source.text).startsWith('{"a"')
        ? undefined
        : { key: 'a', unmapped: 'ignore' };
    expect((await site.refusal(source, map)).message).toMatch(message);
  });

  test.each([
    ['a file that is not there', 'missing.csv', /missing\.csv does not exist/],
    ['a folder', '.', /is a folder/],
    ['a path through a file', 'plain.csv/x.csv', /part of its path is not a folder/],
    ['a device', '/dev/null', /not a regular file/],
  ])('%s', async (_name, file, message) => {
    const folder = path.dirname(site.file('x', 'plain.csv'));
    await expect(openTable(path.resolve(folder, file))).rejects.toThrow(message);
  });

  test('a file that changes between checking and taking it', async () => {
    const file = site.file('personnelNumber\n1\n', 'changing.csv');
    const table = await openTable(file);
    site.file('personnelNumber\n1\n2\n', 'changing.csv');
    await expect(table.assertUnchanged()).rejects.toThrow(/changed while it was read/);
    await table.close();
  });
});

describe('a bad row is refused with its line, its column and a reason', () => {
  const number = 'personnelNumber';
  const cases: readonly [name: string, text: string, message: string][] = [
    ['too few cells', `${number},firstName\n1,A\n2\n`, 'line 3: the row has 1 cells where the header has 2 columns'],
    ['too many cells', `${number}\n1,2\n`, 'line 2: the row has 2 cells where the header has 1 columns'],
    ['no personnel number', `${number},firstName\n ,A\n`, `line 2, column "${number}": the personnel number is empty`],
    [
      'the same personnel number twice',
      `${number}\n1\n2\n1\n`,
      `line 4, column "${number}": the personnel number 1 is also on line 2`,
    ],
    [
      '30 February',
      `${number},hireDate\n1,2021-02-30\n`,
      'line 2, column "hireDate": "2021-02-30" is no day of the calendar',
    ],
    ['another date format', `${number},hireDate\n1,1.2.2021\n`, '"1.2.2021" is not a day of the form YYYY-MM-DD'],
    ['a year before 1900', `${number},hireDate\n1,1899-12-31\n`, 'is not between the years 1900 and 2200'],
    ['a number with a unit', `${number},weeklyWorkingHours\n1,40h\n`, '"40h" is not a number'],
    ['a number with an exponent', `${number},weeklyWorkingHours\n1,1e3\n`, 'is not a number'],
    ['infinity', `${number},weeklyWorkingHours\n1,Infinity\n`, 'is not a number'],
    [
      '16 significant digits',
      `${number},weeklyWorkingHours\n1,1.234567890123456\n`,
      'has more than 15 significant digits',
    ],
    [
      'a number too large to be added up',
      `${number},weeklyWorkingHours\n1,-2000000000000000\n`,
      'is not between -1e15 and 1e15',
    ],
    ['no email', `${number},email\n1,ada@\n`, '"ada@" is no email address'],
    ['a script for a link', `${number},profilePicture\n1,javascript:alert(1)\n`, 'is no http or https address'],
    [
      'an option that is none',
      `${number},status\n1,Retired\n`,
      '"Retired" is not one of ONBOARDING, ACTIVE, LEAVE, INACTIVE',
    ],
    ['a NUL character', `${number},firstName\n1,a\0b\n`, 'contains a NUL character'],
    [
      'a text that is too long',
      `${number},firstName\n1,${'x'.repeat(1_001)}\n`,
      `"${'x'.repeat(40)}…" is longer than 1,000 characters`,
    ],
    ['a share over 100', `${number},costCenters\n1,A:60;B:101\n`, 'has a percentage that is not between 0 and 100'],
    ['a cost center twice', `${number},costCenters\n1,A:60;A:40\n`, 'names a cost center twice'],
    ['shares that are none', `${number},costCenters\n1,A\n`, 'is neither Name:60;Other:40 nor a JSON list'],
    [
      'an entitlement without days',
      `${number},absenceEntitlement\n1,"[{""type"":""V""}]"\n`,
      'is not a JSON list of type and days',
    ],
    [
      'a line inside a quoted cell before it',
      `${number},firstName,hireDate\n1,"a\nb",\n2,"c\nd",x\n`,
      'line 4, column "hireDate"',
    ],
    [
      'a supervisor who does not exist',
      `${number},supervisor\n1,9\n`,
      'line 2: the supervisor "9" is neither in the file nor in the store',
    ],
    ['a self-supervisor', `${number},supervisor\n1,1\n`, 'line 2: supervisor circle: 1 → 1'],
  ];

  test.each(cases)('%s', async (_name, text, message) => {
    expect((await site.refusal(text)).message).toContain(message);
  });

  test('values of attributes of HIGH sensitivity are not shown', async () => {
    const error = await site.refusal(
      'personnelNumber,gender,fixSalary\n1,Woman,-4711 EUR\n2,,4712\n3,,4713 XXZ\n4,,4714x EUR\n',
    );
    expect(error.message).toContain('line 2, column "fixSalary": the value is a negative amount');
    expect(error.message).not.toMatch(/Woman|471[1-4]/);
  });

  test('a column that also feeds an attribute of HIGH sensitivity is not shown either', async () => {
    const map = { columns: { left: ['lastWorkingDay', 'terminationDate'] } };
    expect((await site.refusal('personnelNumber,left\n1,secret\n', map)).message).not.toContain('secret');
  });

  test('50 problems are told, and the others counted', async () => {
    const error = await site.refusal(
      `personnelNumber,hireDate\n${Array.from({ length: 120 }, (_, at) => `${at},x\n`).join('')}`,
    );
    expect(error.problems).toHaveLength(50);
    expect(error.problemCount).toBe(120);
    expect(error.message).toContain('… and 70 more');
  });

  test('someone whose supervisor is in a bad row is not called a problem too', async () => {
    const error = await site.refusal('personnelNumber,hireDate,supervisor\n1,x,\n2,,1\n');
    expect(error.problemCount).toBe(1);
  });

  test('rows that are no objects, and wrong types, in JSON', async () => {
    const rows =
      '[1,\n{"personnelNumber":"1","firstName":5},\n{"personnelNumber":1.5},{"personnelNumber":"2","firstName":"\\ud800"}]';
    const { problems } = await site.refusal({ text: rows, name: 'people.json' });
    expect(problems).toEqual([
      { line: 1, item: 1, reason: 'the row is not one complete JSON object' },
      { line: 2, item: 2, column: 'firstName', reason: '"5" is not a text' },
      { line: 3, item: 3, column: 'personnelNumber', reason: '"1.5" is not a text' },
      { line: 3, item: 4, column: 'firstName', reason: expect.stringContaining('half a character') as string },
    ]);
  });

  test('--skip-bad still refuses a file without any good row', async () => {
    await expect(site.take('personnelNumber,hireDate\n1,x\n', undefined, { skipBad: true })).rejects.toThrow(/problem/);
  });
});

describe('a map that does not fit is refused, naming what is wrong', () => {
  const text = 'personnelNumber,a,b\n1,x,y\n';
  const cases: readonly [name: string, map: unknown, message: RegExp][] = [
    ['an unknown key', { colums: {} }, /Unrecognized key: "colums"/],
    [
      'an unknown option of a column',
      { columns: { a: { attribute: 'firstName', currencie: 'EUR' } } },
      /columns\.a\.0: .*currencie/,
    ],
    [
      'an attribute that does not exist',
      { columns: { a: 'custom.none', b: 'lastName' } },
      /columns\.a: "custom\.none" is no attribute/,
    ],
    [
      'an attribute that the gateway keeps',
      { columns: { a: 'createdAt', b: 'lastName' } },
      /createdAt is kept by the gateway/,
    ],
    ['one attribute twice', { columns: { a: 'firstName', b: 'firstName' } }, /firstName is given by more than one/],
    ['a currency that is none', { columns: { a: { attribute: 'fixSalary', currency: 'euro' } } }, /ISO 4217/],
    [
      'a currency for a name',
      { columns: { a: { attribute: 'firstName', currency: 'EUR' }, b: 'lastName' } },
      /amounts of money/,
    ],
    [
      'a date format for a name',
      { columns: { a: { attribute: 'firstName', format: 'YYYYMMDD' } } },
      /"format" is for days/,
    ],
    ['a column that the file has not', { columns: { a: 'firstName', b: 'lastName', c: 'email' } }, /no column "c"/],
    ['a column that it does not name', { columns: { a: 'firstName' } }, /does not say what becomes of "b"/],
    [
      'a constant that is no value',
      { unmapped: 'ignore', constants: { status: 'GONE' } },
      /constants\.status: "GONE" is not one of/,
    ],
    [
      'a LIST without options',
      { customAttributes: { x: { label: 'X', type: 'LIST', sensitivity: 'LOW' } } },
      /LIST needs options/,
    ],
    [
      'a custom name with a space',
      { customAttributes: { 'x y': { label: 'X', type: 'TEXT', sensitivity: 'LOW' } } },
      /customAttributes/,
    ],
  ];

  test.each(cases)('%s', async (_name, map, message) => {
    expect((await site.refusal(text, map)).message).toMatch(message);
  });
});
