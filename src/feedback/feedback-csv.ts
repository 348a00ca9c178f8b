import { csvText } from '../tabular/csv-text';
import type { Feedback } from './feedback';

const HEADER = ['id', 'at', 'admin', 'rating', 'message'];

/** @returns the feedback as CSV (RFC 4180), oldest first as given */
export function feedbackCsv(feedback: readonly Feedback[]): string {
  const rows = feedback.map(({ id, at, admin, rating, message }) => [id, at, admin, rating ?? '', message]);
  return csvText([HEADER, ...rows]);
}
