import sql from 'sql-template-tag';
import { databases } from './support/database';
import { importSite, type ImportSite } from './support/import';
import { reasonsOf, takeAttendances } from './support/import-records';

const HEAD = 'personnelNumber,start,end,breakMinutes,project,comment\n';
const FILE = `${HEAD}1,2026-03-02T08:00Z,2026-03-02T16:30:00Z,30,Apollo,early
1,2026-03-02 16:30Z,2026-03-02T18:00:00.5+00:00,,,
2,2026-03-02T22:00+01:00,2026-03-03T06:00+01:00,45,,
`;

describe.each(databases)('importing attendances on $name', (database) => {
  let site: ImportSite;

  beforeEach(async () => {
    site = await importSite(database);
    await site.take('personnelNumber\n1\n2\n');
  });

  afterEach(() => site.close());

  const attendances = () => site.house.store.read(sql`SELECT * FROM attendance ORDER BY id`);

  test('every field arrives in UTC, and the same file a second time changes nothing', async () => {
    expect(await takeAttendances(site, FILE)).toMatchObject({ created: 3, skipped: 0 });
    const before = await attendances();
    expect(before).toMatchObject([
      {
        employee_id: 1,
        starts_at: '2026-03-02T08:00:00.000Z',
        ends_at: '2026-03-02T16:30:00.000Z',
        break_minutes: 30,
        project: 'Apollo',
        comment: 'early',
        version: 1,
      },
      { ends_at: '2026-03-02T18:00:00.500Z', break_minutes: 0, project: null },
      { employee_id: 2, starts_at: '2026-03-02T21:00:00.000Z', ends_at: '2026-03-03T05:00:00.000Z' },
    ]);
    site.time.now = '2026-05-05T00:00:00.000Z';
    expect(await takeAttendances(site, FILE)).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    expect(await attendances()).toEqual(before);
    const { items } = await site.house.audit.page({ actions: ['ATTENDANCES_IMPORTED'] }, undefined, 10);
    expect(items.map(({ after }) => after)).toMatchObject([{ unchanged: 3 }, { created: 3 }]);
  });

  test('a changed row changes its attendance, and what the file does not give stays', async () => {
    await takeAttendances(site, FILE);
    const outcome = await takeAttendances(site, 'personnelNumber,start,end\n1,2026-03-02T08:00Z,2026-03-02T15:00Z\n');
    expect(outcome).toMatchObject({ updated: 1 });
    expect((await attendances())[0]).toMatchObject({
      ends_at: '2026-03-02T15:00:00.000Z',
      break_minutes: 30,
      project: 'Apollo',
      version: 2,
    });
    expect(
      await reasonsOf(takeAttendances(site, 'personnelNumber,start,end\n1,2026-03-02T08:00Z,2026-03-02T08:10Z\n')),
    ).toEqual(['2 : would be shorter than its break, which the row does not give']);
  });

  test('an overlap is refused with its line, and the bad row alone when bad rows may be skipped', async () => {
    await takeAttendances(site, FILE);
    const text = `${HEAD}1,2026-03-02T07:00Z,2026-03-02T08:01Z,,,\n2,2026-03-05T08:00Z,2026-03-05T10:00Z,,,\n2,2026-03-05T09:59Z,2026-03-05T11:00Z,,,\n2,2026-03-05T10:00Z,2026-03-05T10:30Z,,,\n`;
    expect(await reasonsOf(takeAttendances(site, text))).toEqual([
      '2 : overlaps an attendance that the person has already',
      '4 : overlaps the one on line 3',
    ]);
    expect(await takeAttendances(site, text, { skipBad: true })).toMatchObject({ created: 2, skipped: 2 });
    expect(await attendances()).toHaveLength(5);
  });

  test('times without an offset need a time zone, and clocks that change are told apart', async () => {
    const local =
      'personnelNumber,start,end\n1,2026-03-29 01:30,2026-03-29 03:30\n2,2026-10-25 02:30,2026-10-25 04:30\n';
    expect((await reasonsOf(takeAttendances(site, local)))[0]).toContain('no time zone was given');
    await takeAttendances(site, local, { timeZone: 'Europe/Berlin' });
    expect((await attendances()).map((row) => [row['starts_at'], row['ends_at']])).toEqual([
      ['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z'],
      ['2026-10-25T00:30:00.000Z', '2026-10-25T03:30:00.000Z'],
    ]);
    const missing = 'personnelNumber,start,end\n1,2026-03-29 02:30,2026-03-29 04:30\n';
    expect(await reasonsOf(takeAttendances(site, missing, { timeZone: 'Europe/Berlin' }))).toEqual([
      '2 start: "2026-03-29 02:30" does not exist in Europe/Berlin: the clocks go forward then',
    ]);
  });

  test('hostile and impossible values are told, and nothing is taken', async () => {
    const rows = [
      ["'; DROP TABLE attendance; --", '2026-03-02T08:00Z', '5', 'x'],
      ['2026-03-02T25:00Z', '2026-03-02T26:00Z', '5', 'x'],
      ['2026-02-30T08:00Z', '2026-03-02T08:00Z', '1e999', 'x'],
      ['2026-03-02T08:00Z', '2026-03-04T08:00Z', '5', 'x'],
      ['2026-03-02T08:00Z', '2026-03-02T07:00Z', '5', 'x'],
      ['2026-03-02T08:00Z', '2026-03-02T09:00Z', '61', 'x'],
      ['2026-03-02T08:00Z', '2026-03-02T09:00Z', '5', 'p'.repeat(201)],
      ['0000-03-02T08:00Z', '10000-03-02T09:00Z', '-1', '\0'],
    ];
    const text = HEAD + rows.map(([start, end, pause, project]) => `1,${start},${end},${pause},${project},\n`).join('');
    expect(await reasonsOf(takeAttendances(site, text))).toEqual([
      '2 start: "\'; DROP TABLE attendance; --" is not a moment such as 2026-03-02T08:00Z or 2026-03-02 08:00',
      '3 start: "2026-03-02T25:00Z" is no time of the day',
      '3 end: "2026-03-02T26:00Z" is no time of the day',
      '4 start: "2026-02-30T08:00Z" is no day of the calendar',
      '4 breakMinutes: "1e999" is not a number',
      '5 end: it lasts longer than 24 hours',
      '6 end: the end is not after the start',
      '7 breakMinutes: the break is below zero or longer than the whole',
      '8 project: the value is longer than 200 characters',
      '9 start: "0000-03-02T08:00Z" is not between the years 1900 and 2200',
      '9 end: "10000-03-02T09:00Z" is not a moment such as 2026-03-02T08:00Z or 2026-03-02 08:00',
      '9 project: "\\u0000" contains a NUL character',
    ]);
    expect(await attendances()).toEqual([]);
  });
});
