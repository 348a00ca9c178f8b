import { setTimeout } from 'node:timers/promises';
import sql, { type Sql } from 'sql-template-tag';
import type { Store } from '../../src/store/store';
import { runIn } from '../../src/store/statement';

/** How long something takes until it waits for the only writer of SQLite, generously; in milliseconds. */
const UNTIL_IT_WAITS = 500;
const PAUSE = 10;

/**
 * Sends two things while somebody else holds what `lock` takes, the second once the first waits, and lets go once both do: they
 * are under way at once, in this order. On SQLite whoever writes holds everything.
 */
export async function sentWhileHeld<One, Two>(
  { store }: { readonly store: Store },
  lock: Sql,
  sendOne: () => Promise<One>,
  sendTwo: () => Promise<Two>,
): Promise<[One, Two]> {
  const [one, two] = await store.write(async (manager) => {
    await runIn(manager, store.dialect)(lock);
    const first = sendOne();
    await waiting(store, 1);
    const second = sendTwo();
    await waiting(store, 2);
    return [first, second] as const;
  });
  return [await one, await two];
}

async function waiting(store: Store, many: number): Promise<void> {
  if (store.dialect === 'sqlite') return setTimeout(UNTIL_IT_WAITS);
  for (;;) {
    const [row] = await store.read(
      sql`SELECT count(*) AS many FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (Number(row?.['many']) >= many) return;
    await setTimeout(PAUSE);
  }
}
