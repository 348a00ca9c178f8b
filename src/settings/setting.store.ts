import sql from 'sql-template-tag';
import type { Run } from '../store/statement';

export type SettingKey = 'feature' | 'showOnce';

/** @returns null when it was never set */
export async function readSetting(run: Run, key: SettingKey): Promise<string | null> {
  const [row] = await run(sql`SELECT value FROM setting WHERE key = ${key}`);
  return row ? (row['value'] as string) : null;
}

export async function writeSetting(run: Run, key: SettingKey, value: string): Promise<void> {
  await run(
    sql`INSERT INTO setting (key, value) VALUES (${key}, ${value})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
}
