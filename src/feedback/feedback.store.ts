import sql from 'sql-template-tag';
import type { Clock } from '../clock';
import { done, refused, type Outcome } from '../operations/user-error';
import { cut, type Page } from '../pagination/page';
import type { AdminCaller } from '../permissions/caller';
import { requireLiveAdmin } from '../sessions/live-admin.store';
import type { Row, Store } from '../store/store';
import { FeedbackEntity } from './feedback.entity';
import { checkFeedback, type Feedback, type FeedbackInput } from './feedback';

/** Keeps what admins think of the gateway. */
export class FeedbackStore {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  async submit(admin: AdminCaller, input: FeedbackInput): Promise<Outcome<Feedback>> {
    const problems = checkFeedback(input);
    if (problems.length > 0) return refused(problems);
    return this.store.write(async (manager) => {
      await requireLiveAdmin(manager, this.store.dialect, admin);
      const { adminId, name: adminName } = admin;
      const words = { at: this.clock.now(), rating: input.rating ?? null, message: input.message.trim() };
      const { identifiers } = await manager.insert(FeedbackEntity, { ...words, adminId, adminName });
      return done({ ...words, id: identifiers[0]?.['id'] as number, admin: adminName });
    });
  }

  /** Newest first, from the one behind `after`. */
  async page(after: number | undefined, size: number): Promise<Page<Feedback>> {
    const where = after === undefined ? sql`1 = 1` : sql`id < ${after}`;
    const rows = await this.store.read(sql`SELECT * FROM feedback WHERE ${where} ORDER BY id DESC LIMIT ${size + 1}`);
    return cut(rows.map(toFeedback), size);
  }

  async count(): Promise<number> {
    const [row] = await this.store.read(sql`SELECT count(*) AS total FROM feedback`);
    return Number(row?.['total'] ?? 0);
  }

  /** Oldest first. */
  async all(): Promise<readonly Feedback[]> {
    return (await this.store.read(sql`SELECT * FROM feedback ORDER BY id`)).map(toFeedback);
  }
}

function toFeedback(row: Row): Feedback {
  return {
    id: row['id'] as number,
    at: row['at'] as string,
    admin: row['admin_name'] as string,
    rating: row['rating'] as number | null,
    message: row['message'] as string,
  };
}
