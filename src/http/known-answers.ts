import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Executor } from '../operations/execute';
import { respond, resultText } from './operation-response';
import type { RequestScope } from './request-callers';

const MOST_ACCEPTS = 100;

/** A request's body that says no more than these three, each in its proper form. */
interface PlainBody {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Answers operations that were planned before: they are known to be valid, so Apollo has nothing to say about them. Anything
 * that is unusual about a request leaves it to Apollo.
 */
export class KnownAnswers {
  // What Apollo answered clients with that accept these types.
  private readonly contentTypes = new LRUCache<string, string>({ max: MOST_ACCEPTS });

  constructor(private readonly executor: Executor) {}

  /** @returns undefined for a request that is not for this way */
  async answer(request: FastifyRequest, reply: FastifyReply, scopeOf: () => RequestScope): Promise<string | undefined> {
    const body = plainBody(request.body);
    const contentType = this.contentTypes.get(acceptOf(request));
    const known = body && contentType && this.executor.find(body.query, body.operationName);
    if (!known) return undefined;
    const scope = scopeOf();
    const { status, headers, result } = await respond(this.executor, scope, {
      ...known,
      ...scope,
      variables: body.variables,
    });
    void reply.code(status).headers(headers).header('content-type', contentType);
    return resultText(result);
  }

  /** Takes note of how Apollo answered a request, so that the same will be done without it. */
  learn(request: FastifyRequest, reply: FastifyReply): void {
    const contentType = reply.getHeader('content-type');
    if (reply.statusCode === 200 && typeof contentType === 'string') {
      this.contentTypes.set(acceptOf(request), contentType);
    }
  }
}

function acceptOf({ headers }: FastifyRequest): string {
  return headers.accept ?? '';
}

function plainBody(body: unknown): PlainBody | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { query, operationName, variables, ...more } = body as Record<string, unknown>;
  for (const _ in more) return undefined;
  if (typeof query !== 'string') return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined;
  if (variables === undefined || variables === null)
    return { query, operationName: operationName ?? undefined, variables: {} };
  if (typeof variables !== 'object' || Array.isArray(variables)) return undefined;
  return { query, operationName: operationName ?? undefined, variables: variables as PlainBody['variables'] };
}
