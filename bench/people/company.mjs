/**
 * The invented company that everybody is measured with. One INSERT … SELECT fills a migrated store on SQLite or PostgreSQL with
 * any number of people, and every value follows from the person's number, so that each run has the same data.
 */

const FIRST_NAMES = words(
  'Ada Ben Cleo Dora Emil Frida Gus Hanna Ivo Jule Kai Lena Mio Nora Otto Pia Quin Rosa Sven Tilda',
);
const ROOTS = words('Ahorn Birken Castor Dachs Eichen Fuchs Gold Hasel Igel Juni Kirsch Linden Mond Nuss Otter Pappel');
const ENDINGS = words('bach berg brunn dorf feld grund hain hof kamp mann ried stein tal wald weg wiese');
const POSITIONS = words('Analyst Baker Courier Designer Editor Florist Gardener Hatter Illustrator Joiner');
const GENDERS = words('FEMALE MALE DIVERSE UNDISCLOSED');
const STATES = words('ACTIVE ACTIVE ACTIVE ACTIVE ACTIVE ACTIVE LEAVE ONBOARDING INACTIVE ACTIVE');
const KINDS = words('INTERNAL INTERNAL INTERNAL EXTERNAL WORKING_STUDENT INTERN TRAINEE INTERNAL');
const CALENDARS = words('Bremen Hamburg Hessen Sachsen');
const SCHEDULES = words('Early Late Night Flexible Weekend');

/** Stands in every value that nobody who is measured may read, so that one look at an answer's text finds a leak. */
export const HIDDEN = 'hidden-from-everybody';

/** How many custom attributes the company has unless a run asks for more. */
export const CUSTOM_ATTRIBUTES = 20;

/** Column → expression over the person's number `n`, from 1. */
const COLUMNS = {
  id: () => 'n',
  personnel_number: () => `'P' || n`,
  first_name: (q) => q.pick(FIRST_NAMES, 'n * 7'),
  last_name: (q) => `${q.pick(ROOTS, 'n * 5')} || ${q.pick(ENDINGS, 'n / 16')}`,
  preferred_name: (q) => `CASE WHEN n % 3 = 0 THEN ${q.pick(FIRST_NAMES, 'n * 7 + 1')} END`,
  email: (q) => `lower(${q.pick(FIRST_NAMES, 'n * 7')}) || '.' || n || '@company.example'`,
  gender: (q) => q.pick(GENDERS, 'n'),
  profile_picture: () => `'https://pictures.example/${HIDDEN}/' || n`,
  status: (q) => q.pick(STATES, 'n'),
  position: (q) => q.pick(POSITIONS, 'n * 3'),
  // A tree in which everybody leads ten.
  supervisor_id: () => 'CASE WHEN n > 1 THEN (n + 8) / 10 END',
  employment_type: (q) => q.pick(KINDS, 'n'),
  weekly_working_hours: () => `CASE n % 4 WHEN 0 THEN 20.5 WHEN 1 THEN 32 ELSE 40 END`,
  hire_date: (q) => `(2000 + n % 25) || '-' || ${q.twoDigits('1 + n % 12')} || '-' || ${q.twoDigits('1 + n % 28')}`,
  termination_type: () => `'OTHER'`,
  termination_reason: () => `'${HIDDEN} ' || n`,
  holiday_calendar: (q) => q.pick(CALENDARS, 'n'),
  work_schedule: (q) => q.pick(SCHEDULES, 'n'),
  fix_salary_amount: () => '3000 + n % 5000',
  fix_salary_currency: () => `'EUR'`,
  fix_salary_interval: () => `'MONTHLY'`,
  created_at: () => `'2020-01-01T00:00:00.000Z'`,
  last_modified_at: () => `'2020-01-01T00:00:00.000Z'`,
};

const SQLITE = {
  pick: (list, at) => `json_extract('${JSON.stringify(list)}', '$[' || ((${at}) % ${list.length}) || ']')`,
  twoDigits: (number) => `printf('%02d', ${number})`,
  numbers: (count) => `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`,
};

const POSTGRES = {
  pick: (list, at) => `(ARRAY[${list.map((word) => `'${word}'`).join(',')}])[1 + (${at}) % ${list.length}]`,
  twoDigits: (number) => `lpad((${number})::text, 2, '0')`,
  numbers: (count) => `WITH numbers AS (SELECT generate_series(1, ${count}) AS n)`,
};

/**
 * The statements that fill an empty store, in order.
 *
 * @param dialect `sqlite` or `postgres`
 * @param size how many people, and how many custom attributes each of the first `peopleWithValues` has a value of
 */
export function fillStatements(dialect, { people, customAttributes = CUSTOM_ATTRIBUTES, peopleWithValues = people }) {
  const q = dialect === 'sqlite' ? SQLITE : POSTGRES;
  const names = Object.keys(COLUMNS);
  const values = names.map((name) => COLUMNS[name](q));
  return [
    `INSERT INTO employee (${names.join(', ')}) ${q.numbers(people)} SELECT ${values.join(', ')} FROM numbers`,
    `INSERT INTO custom_attribute (id, name, label_en, label_de, type, sensitivity)
      ${q.numbers(customAttributes)} SELECT n, 'measure' || n, 'Measure ' || n, 'Maß ' || n, 'TEXT', 'LOW' FROM numbers`,
    `INSERT INTO employee_custom_value (employee_id, attribute_id, text_value)
      ${q.numbers(peopleWithValues)} SELECT n, a.id, 'v' || (n % 97) || '-' || a.id
      FROM numbers CROSS JOIN custom_attribute a ORDER BY n, a.id`,
    dialect === 'sqlite' ? 'ANALYZE' : 'VACUUM ANALYZE',
  ];
}

function words(text) {
  return text.split(' ');
}
