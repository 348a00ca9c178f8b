/** What is asked, in words that fit every contestant, and what the right answer is. */

/** What `one`, the pages and `denied` ask for beside the id: attribute → column. */
export const ATTRIBUTES = {
  firstName: 'first_name',
  lastName: 'last_name',
  preferredName: 'preferred_name',
  email: 'email',
  gender: 'gender',
  status: 'status',
  position: 'position',
  employmentType: 'employment_type',
  weeklyWorkingHours: 'weekly_working_hours',
  hireDate: 'hire_date',
  holidayCalendar: 'holiday_calendar',
  workSchedule: 'work_schedule',
};

/** What nobody who is measured may read: attribute → column. */
export const DENIED_ATTRIBUTES = {
  profilePicture: 'profile_picture',
  terminationReason: 'termination_reason',
  fixSalaryInterval: 'fix_salary_interval',
};

const keys = Object.keys(ATTRIBUTES);

/** Ten that are allowed, for `denied`. */
export const TEN = keys.slice(0, 10);
export const DENIED = Object.keys(DENIED_ATTRIBUTES);
export const SUPERVISED = ['firstName', 'lastName', 'position'];
export const FOUND = ['firstName', 'lastName', 'hireDate'];
/** The text attributes that a search looks into: all that the credential may read. */
export const SEARCHED = [
  'firstName',
  'lastName',
  'preferredName',
  'email',
  'position',
  'holidayCalendar',
  'workSchedule',
];
export const CUSTOM_KEYS = ['measure1', 'measure2', 'measure3', 'measure4', 'measure5'];

/** What `find` looks for. */
export const FIND = { status: 'ACTIVE', hiredFrom: '2010-01-01', search: 'berg', first: 50 };

const IDS = Array.from({ length: 64 }, (_, index) => String(((index * 7919) % 1000) + 1));

/**
 * `select` is SQL over the store of people; `row` says how one of its rows looks in an answer. `variables` are the values that
 * the requests of one run alternate between.
 */
export const WORKLOADS = {
  one: {
    title: 'one employee',
    about: '12 attributes of one person by id; 64 ids take turns',
    variables: IDS.map((id) => ({ id })),
    select: ({ id }) => `SELECT * FROM employee WHERE id = ${Number(id)}`,
    row: (row) => attributes(row, keys),
  },
  page100: {
    title: 'page of 100',
    about: '12 attributes of the first 100 people',
    variables: [{}],
    select: () => 'SELECT * FROM employee ORDER BY id LIMIT 100',
    row: (row) => attributes(row, keys),
  },
  page1000: {
    title: 'page of 1,000',
    about: '12 attributes of the first 1,000 people',
    variables: [{}],
    select: () => 'SELECT * FROM employee ORDER BY id LIMIT 1000',
    row: (row) => attributes(row, keys),
  },
  denied: {
    title: '10 allowed + 3 denied',
    about: 'the first 100 people, 10 attributes that may be read and 3 that may not',
    variables: [{}],
    select: () => 'SELECT * FROM employee ORDER BY id LIMIT 100',
    row: (row) => ({ ...attributes(row, TEN), ...Object.fromEntries(DENIED.map((key) => [key, null])) }),
  },
  nested: {
    title: '50 with supervisor',
    about: 'the first 50 people, each with 3 attributes of the supervisor',
    variables: [{}],
    select: () => `SELECT e.*, s.id AS s_id, s.first_name AS s_first_name, s.last_name AS s_last_name,
        s.position AS s_position FROM employee e LEFT JOIN employee s ON s.id = e.supervisor_id ORDER BY e.id LIMIT 50`,
    row: (row) => ({
      ...attributes(row, SUPERVISED),
      supervisor: row.s_id ? attributes(supervisorOf(row), SUPERVISED) : null,
    }),
  },
  find: {
    title: 'filter, order, search',
    about:
      'active people hired since 2010 with "berg" in any of 7 text attributes, by last and first name, the first 50',
    variables: [{}],
    select: () => `SELECT * FROM employee WHERE status = '${FIND.status}' AND hire_date >= '${FIND.hiredFrom}'
        AND (${SEARCHED.map((key) => `lower(${ATTRIBUTES[key]}) LIKE '%${FIND.search}%'`).join(' OR ')})
        ORDER BY last_name, first_name, id LIMIT ${FIND.first}`,
    row: (row) => attributes(row, FOUND),
  },
  custom: {
    title: 'custom attributes',
    about: 'the first 100 people with 5 of the 20 custom attributes',
    variables: [{}],
    select: () => `SELECT e.*, (SELECT json_group_array(json_object('key', a.name, 'value', v.text_value)) FROM
        employee_custom_value v JOIN custom_attribute a ON a.id = v.attribute_id WHERE v.employee_id = e.id
        AND a.name IN (${CUSTOM_KEYS.map((key) => `'${key}'`).join(', ')})) AS custom
        FROM employee e ORDER BY e.id LIMIT 100`,
    row: (row) => ({
      ...attributes(row, ['firstName']),
      customAttributes: JSON.parse(row.custom).sort((a, b) => a.key.localeCompare(b.key)),
    }),
  },
  token: {
    title: 'token request',
    about: 'OAuth client credentials: a new access token, stored',
    variables: [{}],
  },
};

/** @returns the rows that a right answer to this workload has */
export function expectedRows(workload, variables, database) {
  const { select, row } = WORKLOADS[workload];
  return database.prepare(select(variables)).all().map(row);
}

function attributes(row, names) {
  return { id: String(row.id), ...Object.fromEntries(names.map((name) => [name, row[ATTRIBUTES[name]]])) };
}

function supervisorOf(row) {
  return { id: row.s_id, first_name: row.s_first_name, last_name: row.s_last_name, position: row.s_position };
}
