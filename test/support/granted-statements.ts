import type { LiveReader } from '../../src/authentication/live.store';
import { CUSTOM_ATTRIBUTES } from '../../src/demo/custom';
import { EMPLOYEE_COLUMNS } from '../../src/employees/employee-columns';
import { Executor } from '../../src/operations/execute';
import type { Caller } from '../../src/permissions/caller';
import type { Grants } from '../../src/permissions/grants';
import type { Store } from '../../src/store/store';
import { withoutLabels } from './matrix/attributes';

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What statements may name whatever is granted: ids hold everything together, and the gateway keeps the moments of a write. */
const ALWAYS: ReadonlySet<string> = new Set(['id', 'createdAt', 'lastModifiedAt']);
/** Columns that records of other modules have as well. */
const SHARED: ReadonlySet<string> = new Set(['status']);

/** Every statement of this process that was run for a credential, and what any of them named without a grant. */
export const grantedStatements = { seen: 0, forbidden: [] as string[] };

/** @returns the attributes that a statement names, by their columns and by the names of custom ones, and that are not granted */
export function forbiddenIn({ text, values }: Statement, { attributes }: Grants): readonly string[] {
  const isGranted = (key: string) => attributes.read.has(key) || attributes.write.has(key);
  const code = withoutLabels(text);
  const isOfOthers = /\b(absence|attendance|absence_type)\b/.test(code);
  const system = Object.entries(EMPLOYEE_COLUMNS).filter(
    ([key, columns]) =>
      !ALWAYS.has(key) &&
      !isGranted(key) &&
      !(isOfOthers && SHARED.has(key)) &&
      /\bemployee\b/.test(code) &&
      columns.some((column) => new RegExp(`\\b${column}\\b`).test(code)),
  );
  const custom = CUSTOM_ATTRIBUTES.filter(
    ({ name }) => !isGranted(`custom.${name}`) && /\bemployee_custom_value\b/.test(code) && values.includes(name),
  );
  return [...system.map(([key]) => key), ...custom.map(({ name }) => `custom.${name}`)];
}

interface Watched {
  liveReader: (this: unknown, caller: Caller) => LiveReader | undefined;
}

/** Holds whatever is read and written for a credential from now on to what its plan or its gate was made for. */
export function watchStatements(): void {
  const executor = Executor.prototype as unknown as Watched;
  const original = executor.liveReader;
  executor.liveReader = function (caller) {
    const live = original.call(this, caller);
    if (live && caller.kind === 'credential') {
      const inside = live as unknown as { store: Store };
      inside.store = watched(inside.store, caller.grants);
    }
    return live;
  };
}

function watched(store: Store, grants: Grants): Store {
  const look = (statement: Statement) => {
    grantedStatements.seen += 1;
    const forbidden = forbiddenIn(statement, grants);
    if (forbidden.length > 0) grantedStatements.forbidden.push(`${forbidden.join(', ')}: ${statement.text}`);
  };
  return {
    ...store,
    read: (query) => {
      look({ text: query.sql, values: query.values });
      return store.read(query);
    },
    readPrepared: (statement) => {
      look(statement);
      return store.readPrepared(statement);
    },
    write: (work) =>
      store.write((manager) => {
        const query = manager.query.bind(manager);
        manager.query = (text: string, values: unknown[] = []) => {
          look({ text, values });
          return query(text, values);
        };
        return work(manager);
      }),
  };
}
