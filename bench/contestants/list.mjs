/** In the order of the table. */
export const NAMES = [
  'limit',
  'limit-better',
  'ours',
  'ours-open',
  'mercurius',
  'yoga',
  'apollo-shield',
  'apollo-typeorm',
  'keystone',
  'limit-postgres',
  'ours-postgres',
  'postgraphile',
];

/** What the others are compared with. */
export const LIMIT = 'limit';

/** @throws Error when a name is unknown or a package is not installed */
export async function loadContestant(name) {
  if (!NAMES.includes(name)) throw new Error(`There is no contestant ${name}. There are ${NAMES.join(', ')}.`);
  const { contestant } = await import(`./${name}.mjs`);
  return contestant;
}
