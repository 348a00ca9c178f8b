import type { Store } from './store';

export type StatementKind = 'read' | 'write';

/** What is known of the connections for one kind of statement. */
export interface StoreConnections {
  readonly open: number;
  readonly busy: number;
  /** Statements that have no connection yet. */
  readonly waiting: number;
}

/** Is told of every statement. Never throws. */
export interface StatementListener {
  statement(kind: StatementKind, seconds: number, isDone: boolean): void;
}

/** A store whose statements are timed and counted. */
export interface MeasuredStore extends Store {
  load(): Readonly<Record<StatementKind, StoreConnections>>;
}

export function measuredStore(store: Store, listener: StatementListener): MeasuredStore {
  const running = { read: 0, write: 0 };
  const measured = async <T>(kind: StatementKind, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    let isDone = false;
    running[kind] += 1;
    try {
      const result = await work();
      isDone = true;
      return result;
    } finally {
      running[kind] -= 1;
      listener.statement(kind, (performance.now() - start) / 1_000, isDone);
    }
  };
  const loadOf = (kind: StatementKind): StoreConnections => {
    const open = store.connections[kind];
    return { open, busy: Math.min(running[kind], open), waiting: Math.max(0, running[kind] - open) };
  };
  return {
    ...store,
    read: (query) => measured('read', () => store.read(query)),
    readPrepared: (statement) => measured('read', () => store.readPrepared(statement)),
    write: (work) => measured('write', () => store.write(work)),
    load: () => ({ read: loadOf('read'), write: loadOf('write') }),
  };
}
