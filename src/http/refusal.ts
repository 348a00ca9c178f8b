import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError, type ErrorCode } from '../errors';
import { challengeFor } from './challenge';
import { clientError } from './client-error';

/** Makes an answer the refusal of a request for what went wrong. @returns its body */
export function refusal(error: unknown, request: FastifyRequest, reply: FastifyReply): string {
  const refused = error instanceof GatewayError ? error : ofFastify(error);
  const challenge = challengeFor(refused);
  if (challenge !== undefined) void reply.header('www-authenticate', challenge);
  const shown = clientError(refused ?? error, {
    requestId: request.id,
    logFailure: (cause) => request.log.error({ err: cause }, 'A request failed'),
  });
  void reply.code(refused?.status ?? 500).type('application/json; charset=utf-8');
  return JSON.stringify({ errors: [shown] });
}

/** Fastify's own refusals, by its documented codes, in our words. */
const FASTIFY_REFUSALS: Readonly<Record<string, readonly [code: ErrorCode, message: string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send the operation as application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['BAD_REQUEST', 'The body is not as long as its Content-Length says.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than 1 MiB.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['BAD_REQUEST', 'The body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['BAD_REQUEST', 'The body is not valid JSON.'],
  FST_ERR_BAD_URL: ['BAD_REQUEST', 'The address is malformed.'],
};

function ofFastify(error: unknown): GatewayError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  const [ours, message] = FASTIFY_REFUSALS[code ?? ''] ?? [];
  if (ours && message) return new GatewayError(ours, message);
  const isTheirFault = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return isTheirFault ? new GatewayError('BAD_REQUEST', 'The request is malformed.') : undefined;
}
