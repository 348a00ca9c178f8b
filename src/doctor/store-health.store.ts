import sql, { type Sql } from 'sql-template-tag';
import { AuditLog, type ChainReport } from '../audit/audit.store';
import { systemClock } from '../clock';
import { isShowOnce } from '../credentials/sealed-secret.store';
import { KNOWN_MIGRATIONS } from '../store/data-source';
import { isExpanding } from '../store/migration-rule';
import { runIn } from '../store/statement';
import type { Row, Store } from '../store/store';

/** What a look into a store, as it is, tells about its health. */
export class StoreHealth {
  constructor(private readonly store: Store) {}

  /** The first migration of a version that this one cannot live with. */
  async newerMigration(): Promise<string | undefined> {
    const rows = await this.read(sql`SELECT name FROM migrations ORDER BY timestamp`);
    return rows.map((row) => row['name'] as string).find((name) => !KNOWN_MIGRATIONS.has(name) && !isExpanding(name));
  }

  /** Whether there are tables at all. */
  async isMade(): Promise<boolean> {
    const [row] = await this.read(
      this.store.dialect === 'sqlite'
        ? sql`SELECT count(*) AS found FROM sqlite_master WHERE name = 'migrations'`
        : sql`SELECT count(*) AS found FROM pg_tables WHERE tablename = 'migrations' AND schemaname = current_schema()`,
    );
    return Number(row?.['found']) > 0;
  }

  /** @throws when nothing can be written */
  async write(): Promise<void> {
    await this.store.write((manager) => runIn(manager, this.store.dialect)(sql`DELETE FROM credential WHERE 1 = 0`));
  }

  async keysInUse(): Promise<{ readonly peppers: readonly string[]; readonly wrapping: readonly string[] }> {
    const peppers = await this.read(sql`SELECT DISTINCT pepper_id AS id FROM credential_secret`);
    const wrapping = await this.read(sql`SELECT DISTINCT key_id AS id FROM sealed_secret`);
    const ids = (rows: readonly Row[]) => rows.map((row) => row['id'] as string);
    return { peppers: ids(peppers), wrapping: ids(wrapping) };
  }

  async lastEventAt(): Promise<string | undefined> {
    const [row] = await this.read(sql`SELECT max(at) AS at FROM audit_event`);
    return (row?.['at'] as string | null) ?? undefined;
  }

  verifyAudit(): Promise<ChainReport> {
    return new AuditLog(this.store, systemClock).verify();
  }

  /** Names of enabled credentials that came with the invented company. */
  async demoCredentials(): Promise<readonly string[]> {
    const rows = await this.read(
      sql`SELECT name FROM credential WHERE enabled AND id IN (SELECT subject_id FROM audit_event
        WHERE action = 'CREDENTIAL_CREATED' AND actor_kind = 'GATEWAY') ORDER BY name`,
    );
    return rows.map((row) => row['name'] as string);
  }

  isShowOnce(): Promise<boolean> {
    return isShowOnce((query) => this.read(query));
  }

  /** How far a PostgreSQL server's clock is ahead of this machine's, in seconds. */
  async clockAhead(): Promise<number> {
    if (this.store.dialect === 'sqlite') return 0;
    const [row] = await this.read(sql`SELECT extract(epoch FROM clock_timestamp()) AS seconds`);
    return Number(row?.['seconds']) - Date.now() / 1_000;
  }

  /** Settings of PostgreSQL that let an acknowledged change be lost, as the gateway's own writes meet them. */
  async unsafeSettings(): Promise<readonly string[]> {
    if (this.store.dialect === 'sqlite') return [];
    const rows = await this.store.write((manager) =>
      runIn(
        manager,
        'postgres',
      )(
        sql`SELECT name FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync', 'full_page_writes') AND setting = 'off'
          ORDER BY name`,
      ),
    );
    return rows.map((row) => row['name'] as string);
  }

  private read(query: Sql): Promise<Row[]> {
    return this.store.read(query);
  }
}
