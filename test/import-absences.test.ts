import sql from 'sql-template-tag';
import { databases } from './support/database';
import { importSite, type ImportSite } from './support/import';
import { reasonsOf, takeAbsences } from './support/import-records';

const HEAD = 'personnelNumber,type,startDate,endDate,startsAtNoon,endsAtNoon,hours,status,comment\n';
const FILE = `${HEAD}1,Vacation,2026-03-02,2026-03-04,,yes,,APPROVED,sea
1,Sick,2026-03-04,2026-03-05,yes,,,,
2,Overtime,2026-03-04,2026-03-04,,,3.5,REJECTED,
2,Overtime,2026-03-04,2026-03-04,,,3.5,REJECTED,
`;

describe.each(databases)('importing absences on $name', (database) => {
  let site: ImportSite;

  beforeEach(async () => {
    site = await importSite(database);
    await site.take('personnelNumber,email\n1,ada@example.com\n2,bob@example.com\n3,BOB@example.com\n');
  });

  afterEach(() => site.close());

  const absences = () =>
    site.house.store.read(
      sql`SELECT a.*, t.name AS type FROM absence a JOIN absence_type t ON t.id = a.type_id ORDER BY a.id`,
    );

  test('every field arrives, types that are missing are created when that is wanted, and the audit tells it', async () => {
    expect(await takeAbsences(site, FILE)).toMatchObject({ created: 4, updated: 0, unchanged: 0, skipped: 0 });
    const [vacation, sick, overtime] = await absences();
    expect(vacation).toMatchObject({
      employee_id: 1,
      type: 'Vacation',
      start_date: '2026-03-02',
      end_date: '2026-03-04',
      hours: null,
      status: 'APPROVED',
      comment: 'sea',
      version: 1,
      created_at: site.time.now,
    });
    expect([Boolean(vacation?.['starts_at_noon']), Boolean(vacation?.['ends_at_noon'])]).toEqual([false, true]);
    expect(Boolean(sick?.['starts_at_noon'])).toBe(true);
    expect(sick).toMatchObject({ status: 'REQUESTED', comment: null });
    expect(overtime).toMatchObject({ employee_id: 2, hours: 3.5, status: 'REJECTED' });
    expect(await site.house.store.read(sql`SELECT name, unit FROM absence_type ORDER BY id`)).toEqual([
      { name: 'Vacation', unit: 'DAYS' },
      { name: 'Sick', unit: 'DAYS' },
      { name: 'Overtime', unit: 'HOURS' },
    ]);
    const { items } = await site.house.audit.page({ actions: ['ABSENCES_IMPORTED'] }, undefined, 10);
    expect(items).toMatchObject([{ after: { created: 4, updated: 0, unchanged: 0, skipped: 0 } }]);
    expect(JSON.stringify(items)).not.toContain('sea');
  });

  test('the same file a second time changes nothing', async () => {
    await takeAbsences(site, FILE);
    const before = await absences();
    site.time.now = '2026-05-05T00:00:00.000Z';
    expect(await takeAbsences(site, FILE)).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    expect(await absences()).toEqual(before);
  });

  test('a changed row changes its absence, and what the file does not give stays', async () => {
    await takeAbsences(site, FILE);
    site.time.now = '2026-05-05T00:00:00.000Z';
    const outcome = await takeAbsences(
      site,
      'personnelNumber,type,startDate,endDate,startsAtNoon\n1,Vacation,2026-03-02,2026-03-03,\n1,Sick,2026-03-04,2026-03-05,yes\n',
    );
    expect(outcome).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    expect((await absences())[0]).toMatchObject({
      end_date: '2026-03-03',
      status: 'APPROVED',
      comment: 'sea',
      version: 2,
      created_at: '2026-01-01T00:00:00.000Z',
      last_modified_at: site.time.now,
    });
    await takeAbsences(
      site,
      'personnelNumber,type,startDate,endDate,startsAtNoon,status\n1,Sick,2026-03-04,2026-03-05,1,approved\n',
    );
    expect((await absences())[1]).toMatchObject({ status: 'APPROVED', version: 2 });
  });

  test('a row without a status is about the absence that stands, and about a cancelled one where none does', async () => {
    const both = `${HEAD}1,Vacation,2026-03-02,2026-03-06,,,,CANCELLED,\n1,Vacation,2026-03-02,2026-03-08,,,,APPROVED,\n`;
    await takeAbsences(site, both);
    expect(await takeAbsences(site, both)).toMatchObject({ unchanged: 2 });
    const head = 'personnelNumber,type,startDate,endDate\n';
    const shorter = `${head}1,Vacation,2026-03-02,2026-03-06\n`;
    const longer = `${head}1,Vacation,2026-03-02,2026-03-08\n1,Vacation,2026-03-02,2026-03-06\n`;
    expect(await takeAbsences(site, longer)).toMatchObject({ unchanged: 2 });
    expect(await takeAbsences(site, shorter)).toMatchObject({ created: 0, updated: 1, unchanged: 0 });
    expect(await takeAbsences(site, shorter)).toMatchObject({ unchanged: 1 });
    expect(await absences()).toMatchObject([
      { end_date: '2026-03-06', status: 'CANCELLED', version: 1 },
      { end_date: '2026-03-06', status: 'APPROVED', version: 2 },
    ]);
  });

  test('an overlap is refused with its line and reason: in the file, and with what is stored', async () => {
    await takeAbsences(site, `${HEAD}1,Vacation,2026-06-01,2026-06-05,,,,APPROVED,\n`);
    expect(
      await reasonsOf(
        takeAbsences(
          site,
          `${HEAD}1,Sick,2026-06-05,2026-06-06,,,,,\n1,Vacation,2026-07-01,2026-07-09,,,,,\n1,Sick,2026-07-09,2026-07-10,,,,,\n` +
            '1,Sick,2026-07-09,2026-07-10,,,,REJECTED,\n2,Sick,2026-07-09,2026-07-10,,,,,\n1,Sick,2026-05-31,2026-06-01,,yes,,,\n',
        ),
      ),
    ).toEqual([
      '2 : overlaps an absence that the person has or asked for already',
      '4 : overlaps the one on line 3',
      '7 : overlaps an absence that the person has or asked for already',
    ]);
    expect(await absences()).toHaveLength(1);
    const halves = `${HEAD}1,Sick,2026-08-03,2026-08-03,,yes,,,\n1,Vacation,2026-08-03,2026-08-03,yes,,,,\n`;
    expect(await takeAbsences(site, halves)).toMatchObject({ created: 2 });
  });

  test('what is decided cannot be taken back by an older file', async () => {
    await takeAbsences(site, FILE);
    expect(await reasonsOf(takeAbsences(site, `${HEAD}1,Vacation,2026-03-02,2026-03-04,,yes,,REQUESTED,\n`))).toEqual([
      '2 : is APPROVED in the store and cannot become REQUESTED',
    ]);
  });

  test('bad cells, unknown people, types and units are told with their lines, and nothing is taken', async () => {
    await takeAbsences(site, `${HEAD}1,Vacation,2026-06-01,2026-06-05,,,,,\n`);
    const text = `${HEAD}1,Vacation,2026-02-30,soon,,,,,${'secret '.repeat(200)}
9,Vacation,2026-09-01,2026-09-02,,,,,
1,Holiday,2026-09-01,2026-09-02,,,,,
1,Vacation,2026-09-02,2026-09-01,,,,,
1,Vacation,2026-09-03,2026-09-04,,,4,,
,Vacation,2026-09-03,2026-09-04,,,,,
1,,2026-09-03,,,,,,
1,Vacation,2026-09-03
`;
    const reasons = await reasonsOf(takeAbsences(site, text, {}));
    expect(reasons).toEqual([
      '2 startDate: "2026-02-30" is no day of the calendar',
      '2 endDate: "soon" is not a day of the form YYYY-MM-DD',
      '2 comment: the value is longer than 1,000 characters',
      '5 endDate: the end is before the start',
      '7 : the person is not named',
      '8 type: the type is empty',
      '8 endDate: the endDate is empty',
      '9 : the row has 3 cells where the header has 9 columns',
      '3 : the person "9" is not in the store',
      '4 : there is no type of absence "Holiday" (--create-types creates those that are missing)',
      '6 : this type is counted in days, and hours are given',
    ]);
    expect(await absences()).toHaveLength(1);
    const outcome = await takeAbsences(site, `${text}1,Vacation,2026-10-01,2026-10-02,,,,,\n`, { skipBad: true });
    expect(outcome).toMatchObject({ created: 1, skipped: 8, problemCount: 11 });
    expect(await absences()).toHaveLength(2);
  });

  test('a dry run keeps nothing, types included', async () => {
    expect(await takeAbsences(site, FILE, { createTypes: true, dryRun: true })).toMatchObject({
      created: 4,
      dryRun: true,
    });
    expect(await absences()).toEqual([]);
    expect(await site.house.store.read(sql`SELECT * FROM absence_type`)).toEqual([]);
  });

  test('people can be named by email or id, and a name that several share is refused', async () => {
    const json = JSON.stringify([
      { employee: 2, type: 'Vacation', startDate: '2026-03-02', endDate: '2026-03-02' },
      { employee: '3', type: 'Vacation', startDate: '2026-03-02', endDate: '2026-03-02', comment: null },
    ]);
    expect(await takeAbsences(site, json)).toMatchObject({ created: 2 });
    const byEmail = 'email,type,startDate,endDate\nADA@example.com,Vacation,2026-03-02,2026-03-02\n';
    expect(await takeAbsences(site, byEmail)).toMatchObject({ created: 1 });
    expect(
      await reasonsOf(
        takeAbsences(site, 'email,type,startDate,endDate\nbob@example.com,Vacation,2026-04-02,2026-04-02\n'),
      ),
    ).toEqual(['2 : the person "bob@example.com" could be any of 2 people']);
  });

  test('a map names columns, formats and constants; what is for people only is refused', async () => {
    const map = {
      unmapped: 'ignore',
      columns: {
        Nr: 'personnelNumber',
        Art: { attribute: 'type', values: { U: 'Vacation' } },
        von: { attribute: 'startDate', format: 'DD.MM.YYYY' },
        bis: { attribute: 'endDate', format: 'DD.MM.YYYY' },
      },
      constants: { status: 'APPROVED' },
    };
    const text = 'Nr;Art;von;bis;Rest\n1;U;02.03.2026;04.03.2026;x\n';
    expect(await takeAbsences(site, text, { createTypes: true }, map)).toMatchObject({ created: 1 });
    expect(await absences()).toMatchObject([{ type: 'Vacation', start_date: '2026-03-02', status: 'APPROVED' }]);
    expect(await reasonsOf(takeAbsences(site, text, {}, { ...map, key: 'Nr' }))).toEqual([
      'The map cannot be used: "key" is for people only.',
    ]);
  });

  test('a file without what it needs is refused as a whole', async () => {
    expect(await reasonsOf(takeAbsences(site, 'personnelNumber,type\n1,Vacation\n'))).toEqual([
      'The file has no startDate, no endDate.',
    ]);
    expect(await reasonsOf(takeAbsences(site, 'type,startDate,endDate\nx,2026-01-01,2026-01-01\n'))).toEqual([
      'People are named by one of personnelNumber, email, employee; the file has none of them.',
    ]);
    expect(
      await reasonsOf(takeAbsences(site, 'personnelNumber,type,startDate,endDate,boss\n1,V,2026-01-01,2026-01-01,2\n')),
    ).toEqual(['No field is called "boss". Name columns by their keys, or write a map (--map).']);
  });
});
