import type { FastifyBaseLogger } from 'fastify';
import type { AnsweredRequest } from '../metrics/metrics';

/** Is told of every answer. */
export interface AnswerListener {
  answered(request: AnsweredRequest): void;
}

export interface Answered extends Omit<AnsweredRequest, 'seconds'> {
  readonly milliseconds: number;
}

/** Writes one line per answer, without addresses' query strings, headers or anything that a client chose. */
export function noteAnswer(
  log: Pick<FastifyBaseLogger, 'info' | 'debug'>,
  listener: AnswerListener | undefined,
  { route, method, status, milliseconds }: Answered,
  named: { readonly reqId?: string } = {},
): void {
  // Whoever watches a gateway asks every few seconds.
  const level = route.startsWith('/health/') ? 'debug' : 'info';
  log[level]({ ...named, method, route, status, milliseconds: Math.round(milliseconds) }, 'Answered');
  listener?.answered({ route, method, status, seconds: milliseconds / 1_000 });
}
