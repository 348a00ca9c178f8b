import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sql from 'sql-template-tag';
import type { House } from '../../../src/app';
import type { Change, Kept } from './ledger';

const BATCH = Array.from({ length: 20 }, (_, index) => index + 11);
const IMPORTED = 300;

/** Changes of people by an integration. @param authorization may write first and last names */
export function peopleChanges(authorization: string): readonly Change[] {
  return [
    {
      name: 'update',
      make: async (number, running) => {
        const values = `{ firstName: "u${number}", lastName: "u${number}" }`;
        await running.ask(authorization, `mutation { updateEmployee(id: "1", values: ${values}) { employee { id } } }`);
      },
      kept: ({ house }) => updateKept(house),
    },
    {
      name: 'batch',
      make: async (number, running) => {
        const rows = BATCH.map((id) => `{ id: "${id}", values: { firstName: "b${number}", lastName: "b${number}" } }`);
        const { upsertEmployees } = await running.ask(
          authorization,
          `mutation { upsertEmployees(rows: [${rows.join()}]) { applied } }`,
        );
        if (upsertEmployees.applied !== true) throw new Error('It was not applied.');
      },
      kept: async ({ house }) => {
        const names = sql`SELECT DISTINCT first_name AS one, last_name AS other FROM employee WHERE id BETWEEN 11 AND 30`;
        const found = await house.store.read(names);
        const number = Math.max(...found.map(({ one }) => numberIn(one)));
        const isWhole = number === 0 || (found.length === 1 && found[0]?.['one'] === found[0]?.['other']);
        return { number, faults: isWhole ? [] : [JSON.stringify(found)] };
      },
    },
    {
      name: 'create',
      make: async (number, running) => {
        const values = `{ firstName: "Made", lastName: "m${number}" }`;
        await running.ask(authorization, `mutation { createEmployee(values: ${values}) { employee { id } } }`);
      },
      kept: ({ house }) => allKept(house, 'Made', 1),
    },
  ];
}

/** Each adds people from a file, on the command line, beside the gateway. */
export const importing: Change = {
  name: 'import',
  make: async (number, running) => {
    const file = path.join(running.location.dataDir, 'files', `${number}.csv`);
    mkdirSync(path.dirname(file), { recursive: true });
    const rows = Array.from({ length: IMPORTED }, (_, row) => `i${number}-${row},Imported,i${number}`);
    writeFileSync(file, `personnelNumber,firstName,lastName\n${rows.join('\n')}\n`);
    await running.command(['import', 'employees', file, '--json']);
  },
  kept: ({ house }) => allKept(house, 'Imported', IMPORTED),
};

/** The first person's two names say the same, and the change feed has told as often as there were changes. */
async function updateKept({ store }: House): Promise<Kept> {
  const [person] = await store.read(sql`SELECT first_name, last_name FROM employee WHERE id = 1`);
  const [told] = await store.read(
    sql`SELECT count(*) AS changes FROM employee_change WHERE employee_id = 1 AND attribute_key = 'firstName'`,
  );
  const number = numberIn(person?.['first_name']);
  const faults = [
    ...(number === 0 || person?.['first_name'] === person?.['last_name'] ? [] : [JSON.stringify(person)]),
    ...(Number(told?.['changes']) === number ? [] : [`${String(told?.['changes'])} changes in the feed of ${number}`]),
  ];
  return { number, faults };
}

/** Every number from 1 on is there, with as many people as it was made with, and the feed has told of each of them. */
async function allKept({ store }: House, firstName: string, size: number): Promise<Kept> {
  const groups = await store.read(
    sql`SELECT e.last_name AS name, count(*) AS people, sum(h.told) AS told FROM employee e
      LEFT JOIN (SELECT employee_id, count(*) AS told FROM employee_change WHERE attribute_key = 'id'
        GROUP BY employee_id) h ON h.employee_id = e.id
      WHERE e.first_name = ${firstName} GROUP BY e.last_name`,
  );
  const faults = groups.filter(({ people, told }) => Number(people) !== size || Number(told) !== size);
  const numbers = new Set(groups.map(({ name }) => numberIn(name)));
  const missing = Array.from({ length: numbers.size }, (_, index) => index + 1).filter(
    (number) => !numbers.has(number),
  );
  return {
    number: groups.length,
    faults: [...faults.map((group) => JSON.stringify(group)), ...missing.map((number) => `${number} is missing`)],
  };
}

function numberIn(name: unknown): number {
  return Number(/^[a-z](\d+)$/.exec(String(name))?.[1] ?? 0);
}
