import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sql from 'sql-template-tag';
import { databases } from './support/database';
import { importSite, type ImportSite } from './support/import';

const SAMPLE = path.resolve(__dirname, '../../shared/data/employees.csv');
const MAP = path.resolve(__dirname, '../examples/employee-sample-database.map.json');
const isThere = existsSync(SAMPLE);
if (!isThere) console.warn(`SKIPPED: the sample of 10,000 employees is not at ${SAMPLE}, so its import is not tested.`);

(isThere ? describe : describe.skip).each(databases)('the sample of 10,000 employees on $name', (database) => {
  let site: ImportSite;

  beforeAll(async () => {
    site = await importSite(database);
  });

  afterAll(() => site.close());

  test('is imported as a whole', async () => {
    expect(await site.take(readFileSync(SAMPLE, 'utf8'), mapJson())).toMatchObject({ created: 10_000, skipped: 0 });
  });

  test('every value in the store equals the file, and ids ascend in its order', async () => {
    const rows = await site.house.store.read(
      sql`SELECT e.id, e.personnel_number, e.first_name, e.last_name, e.gender, v.text_value AS birth_date, e.hire_date,
          e.position, d.name AS department, s.personnel_number AS supervisor, e.last_working_day, e.fix_salary_amount,
          e.status, e.fix_salary_currency, e.fix_salary_interval
        FROM employee e JOIN department d ON d.id = e.department_id LEFT JOIN employee s ON s.id = e.supervisor_id
        JOIN employee_custom_value v ON v.employee_id = e.id JOIN custom_attribute a ON a.id = v.attribute_id
        WHERE a.name = 'birthDate' ORDER BY e.id`,
    );
    const expected = sampleRows().map((cells, at) => {
      const [number, first, last, gender, birth, hired, title, department, manager, left, salary] = cells;
      const [sex, status] = [gender === 'M' ? 'MALE' : 'FEMALE', left === '' ? 'ACTIVE' : 'INACTIVE'];
      const texts = [number, first, last, sex, birth, hired, title, department, manager, left === '' ? null : left];
      return [at + 1, ...texts, Number(salary), status, 'USD', 'YEARLY'];
    });
    expect(rows).toHaveLength(10_000);
    expect(rows.map((row) => Object.values(row))).toEqual(expected);
  });

  test('a second import leaves all 10,000 untouched', async () => {
    // As text: comparing 10,000 objects one by one takes seconds.
    const before = JSON.stringify(await site.people());
    site.time.now = '2027-01-01T00:00:00.000Z';
    expect(await site.take(readFileSync(SAMPLE, 'utf8'), mapJson())).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 10_000,
    });
    expect(JSON.stringify(await site.people()) === before).toBe(true);
  });

  test('its date of birth is a custom attribute of HIGH sensitivity', async () => {
    expect(await site.house.attributes.custom()).toMatchObject([
      { key: 'custom.birthDate', type: 'DATE', sensitivity: 'HIGH' },
    ]);
  });

  test('two of its managers manage each other, which is refused unless the map keeps circles', async () => {
    const error = await site.refusal(readFileSync(SAMPLE, 'utf8'), { ...mapJson(), supervisorCircles: 'refuse' });
    expect(error.problems).toEqual([{ line: 40, reason: 'supervisor circle: 10039 → 10228 → 10039' }]);
  });
});

function mapJson(): object {
  return JSON.parse(readFileSync(MAP, 'utf8')) as object;
}

// The sample quotes nothing.
function sampleRows(): string[][] {
  const [, ...lines] = readFileSync(SAMPLE, 'utf8').trimEnd().split(/\r?\n/);
  return lines.map((line) => line.split(','));
}
