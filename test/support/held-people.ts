import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { StoreLocation } from '../../src/store/data-source';

/** Another writer on a PostgreSQL store, who holds people as a writer of their attendances does. */
export interface OtherWriter {
  /** @throws when somebody else holds them */
  hold(id: number): Promise<void>;
  /** Holds a credential as a write of it does, or as whoever ends its access. */
  holdCredential(clientId: string, lock: 'FOR NO KEY UPDATE' | 'FOR UPDATE'): Promise<void>;
  /** Resolves when somebody waits for one who is held. */
  isWaitedFor(): Promise<void>;
  end(): Promise<void>;
}

export async function otherWriter({ databaseUrl }: Pick<StoreLocation, 'databaseUrl'>): Promise<OtherWriter> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  const isWaiting = async () => {
    const { rowCount } = await client.query(
      'SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
    );
    return rowCount !== 0;
  };
  return {
    hold: async (id) => {
      await client.query('SELECT id FROM employee WHERE id = $1 FOR NO KEY UPDATE NOWAIT', [id]);
    },
    holdCredential: async (clientId, lock) => {
      await client.query(`SELECT id FROM credential WHERE client_id = $1 ${lock} NOWAIT`, [clientId]);
    },
    isWaitedFor: async () => {
      while (!(await isWaiting())) await setTimeout(20);
    },
    end: () => client.end(),
  };
}
