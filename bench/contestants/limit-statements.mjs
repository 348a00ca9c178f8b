import { ATTRIBUTES, CUSTOM_KEYS, FIND, FOUND, SEARCHED, SUPERVISED, TEN } from '../people/workloads.mjs';

/**
 * One statement per workload that builds the whole answer as JSON inside the database.
 *
 * @param dialect `sqlite` or `postgres`
 */
export function limitStatements(dialect) {
  const [object, list, id, parameter] =
    dialect === 'sqlite'
      ? ['json_object', 'json_group_array', 'CAST(%.id AS text)', '?']
      : ['json_build_object', 'json_agg', '%.id::text', '$1'];
  const fields = (names, row) =>
    [`'id', ${id.replace('%', row)}`, ...names.map((name) => `'${name}', ${row}.${ATTRIBUTES[name]}`)].join(', ');
  const page = (entries, from) => `SELECT ${list}(${object}(${entries})) AS answer FROM (${from}) e`;
  const first = (count) => `SELECT * FROM employee ORDER BY id LIMIT ${count}`;
  const all = Object.keys(ATTRIBUTES);
  const custom = `(SELECT ${list}(${object}('key', a.name, 'value', v.text_value)) FROM employee_custom_value v
    JOIN custom_attribute a ON a.id = v.attribute_id
    WHERE v.employee_id = e.id AND a.name IN (${CUSTOM_KEYS.map((key) => `'${key}'`).join(', ')}))`;
  const supervisor = `(SELECT ${object}(${fields(SUPERVISED, 's')}) FROM employee s WHERE s.id = e.supervisor_id)`;
  return {
    one: `SELECT ${object}(${fields(all, 'e')}) AS answer FROM employee e WHERE e.id = ${parameter}`,
    page100: page(fields(all, 'e'), first(100)),
    page1000: page(fields(all, 'e'), first(1000)),
    denied: page(
      `${fields(TEN, 'e')}, 'profilePicture', null, 'terminationReason', null, 'fixSalaryInterval', null`,
      first(100),
    ),
    nested: page(`${fields(SUPERVISED, 'e')}, 'supervisor', ${supervisor}`, first(50)),
    find: page(fields(FOUND, 'e'), found()),
    custom: page(`${fields(['firstName'], 'e')}, 'customAttributes', ${custom}`, first(100)),
  };
}

function found() {
  const anywhere = SEARCHED.map((key) => `lower(${ATTRIBUTES[key]}) LIKE '%${FIND.search}%'`).join(' OR ');
  return `SELECT * FROM employee WHERE status = '${FIND.status}' AND hire_date >= '${FIND.hiredFrom}'
    AND (${anywhere}) ORDER BY last_name, first_name, id LIMIT ${FIND.first}`;
}

/** What stands before the data: only the answer with denials has something to say. */
export const LIMIT_PREFIX = {
  denied: `{"errors":${JSON.stringify(['profilePicture', 'terminationReason', 'fixSalaryInterval'].map((attribute) => ({ message: 'Not to be read.', attribute })))},"data":`,
};
