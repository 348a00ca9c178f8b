import type { PreparedStatement } from '../../src/store/prepared-reader';
import type { Row, Store } from '../../src/store/store';

/** Stands before a statement that is about to be read: lets it pass, reads another one instead, or does something first. */
export type Around = (
  statement: PreparedStatement,
  read: (statement: PreparedStatement) => Promise<Row[]>,
) => Promise<Row[]>;

/**
 * Puts `around` before every statement that the house reads with, prepared or not.
 *
 * @returns what takes it away again
 */
export function aroundReads({ store }: { readonly store: Store }, around: Around): () => void {
  const read = store.read.bind(store);
  const passed = store.readPrepared.bind(store);
  const spies = [
    jest.spyOn(store, 'read').mockImplementation((query) => {
      const text = store.dialect === 'sqlite' ? query.sql : query.text;
      const statement = { text, values: query.values };
      return around(statement, (other) => (other === statement ? read(query) : passed(other)));
    }),
    jest.spyOn(store, 'readPrepared').mockImplementation((statement) => around(statement, passed)),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

/** Lets `act` happen once, right before the first statement that contains `part`. */
export function beforeRead(house: { readonly store: Store }, part: string, act: () => Promise<unknown>): () => void {
  return aroundFirst(house, part, async (statement, read) => {
    await act();
    return read(statement);
  });
}

/** Lets `act` happen once, right after the first statement that contains `part`: what it found is out of date from then on. */
export function afterRead(house: { readonly store: Store }, part: string, act: () => Promise<unknown>): () => void {
  return aroundFirst(house, part, async (statement, read) => {
    const rows = await read(statement);
    await act();
    return rows;
  });
}

function aroundFirst(house: { readonly store: Store }, part: string, around: Around): () => void {
  let isDone = false;
  return aroundReads(house, (statement, read) => {
    if (isDone || !statement.text.includes(part)) return read(statement);
    isDone = true;
    return around(statement, read);
  });
}

/** @returns the texts of the statements that `run` reads with, beside its own result */
export async function readsOf<Result>(
  house: { readonly store: Store },
  run: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly statements: readonly string[] }> {
  const statements: string[] = [];
  const restore = aroundReads(house, (statement, read) => {
    statements.push(statement.text);
    return read(statement);
  });
  try {
    return { result: await run(), statements };
  } finally {
    restore();
  }
}

/** A count that goes on for minutes, in the place of a statement. */
export function endless(): PreparedStatement {
  const text = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) AS total FROM n`;
  return { text, values: [] };
}
