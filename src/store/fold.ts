import sql, { raw, type Sql } from 'sql-template-tag';

/**
 * Letters beyond ASCII that folding maps, in this order. Neither database folds them alike on its own: SQLite knows ASCII
 * only, and what PostgreSQL does depends on its locale.
 */
const LETTERS: readonly (readonly [from: string, to: string])[] = [
  ['Ä', 'a'],
  ['ä', 'a'],
  ['Ö', 'o'],
  ['ö', 'o'],
  ['Ü', 'u'],
  ['ü', 'u'],
  ['ẞ', 'ss'],
  ['ß', 'ss'],
];

/**
 * Makes texts comparable that differ in case or in a German umlaut only: `MÜLLER` and `Muller` become `muller`. The same on
 * both databases and, with `folded`, in JavaScript. Umlauts stand with their base letters, as in DIN 5007-1.
 */
export function fold(text: Sql, dialect: 'sqlite' | 'postgres'): Sql {
  return mapped(text, LETTERS, dialect);
}

/**
 * Folds as much of a text as matters to whoever looks for the folded `part` in it: a letter that is mapped to none of the
 * part's cannot stand in a match. A search folds every text that it looks into, so what is left out counts.
 */
export function foldFor(part: string, text: Sql, dialect: 'sqlite' | 'postgres'): Sql {
  const letters = LETTERS.filter(([, to]) => part.includes(to.charAt(0)));
  return mapped(text, letters, dialect);
}

function mapped(text: Sql, letters: typeof LETTERS, dialect: 'sqlite' | 'postgres'): Sql {
  const lower = dialect === 'sqlite' ? sql`lower(${text})` : sql`lower(${text} COLLATE "C")`;
  // Constants of this file, quoted here, so that an index over the expression can match it.
  return letters.reduce((inner, [from, to]) => sql`replace(${inner}, ${raw(`'${from}'`)}, ${raw(`'${to}'`)})`, lower);
}

/** What `fold` makes of a text, in JavaScript. */
export function folded(text: string): string {
  const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return LETTERS.reduce((inner, [from, to]) => inner.replaceAll(from, to), lower);
}

/** Orders and compares texts by their code points, whatever locale the database has. */
export function binary(text: Sql, dialect: 'sqlite' | 'postgres'): Sql {
  return dialect === 'sqlite' ? text : sql`(${text}) COLLATE "C"`;
}
