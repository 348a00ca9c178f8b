import { userError, type UserError } from '../operations/user-error';

/** What an admin thinks of the gateway. */
export interface Feedback {
  readonly id: number;
  readonly at: string;
  /** The name that the admin had then. */
  readonly admin: string;
  /** 1 to 5, or null for none. */
  readonly rating: number | null;
  readonly message: string;
}

export interface FeedbackInput {
  readonly rating?: number | null | undefined;
  readonly message: string;
}

/** In characters as people count them. */
const LONGEST_MESSAGE = 4_000;

/** @returns every problem with an input */
export function checkFeedback({ rating, message }: FeedbackInput): UserError[] {
  const problems: UserError[] = [];
  if (rating !== null && rating !== undefined && (rating < 1 || rating > 5)) {
    problems.push(userError(['rating'], 'INVALID', 'A rating is 1, 2, 3, 4 or 5.'));
  }
  if (!message.trim()) problems.push(userError(['message'], 'REQUIRED', 'Write a message.'));
  if (Array.from(message).length > LONGEST_MESSAGE) {
    problems.push(userError(['message'], 'TOO_LONG', 'A message may have 4,000 characters.'));
  }
  return problems;
}
