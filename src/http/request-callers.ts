import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticated, Authenticator, ShownProofs } from '../authentication/authenticator';
import type { RequestedOperation } from '../operations/execute';
import type { ParsedOperation } from '../operations/known-operations';
import type { Caller } from '../permissions/caller';
import type { ClientErrorOptions } from './client-error';
import type { SessionCookie } from './session-cookie';

export interface RequestCallersParts {
  readonly authenticator: Authenticator;
  readonly cookie: SessionCookie;
}

/** What comes with a request, whatever operation it is about. */
export interface RequestScope
  extends ClientErrorOptions, Omit<RequestedOperation, keyof ParsedOperation | 'variables'> {}

/** A request with this header is told what its operation costs. */
export const COST_HEADER = 'x-fieldgate-cost';

const BAD_REQUEST = 400;
const TOO_MANY_REQUESTS = 429;

const NOBODY: Authenticated = { caller: { kind: 'anonymous' }, isAssumed: false };

/** Who sent each request that is under way. */
export class RequestCallers {
  private readonly known = new WeakMap<FastifyRequest, Authenticated>();

  constructor(private readonly parts: RequestCallersParts) {}

  /** @throws GatewayError when the proofs of the request prove nothing, or the credential is switched off */
  async identify(request: FastifyRequest): Promise<Caller> {
    const authenticated = await this.parts.authenticator.assume(this.proofsOf(request));
    this.known.set(request, authenticated);
    return authenticated.caller;
  }

  /** Who is answered: whoever was found last. Undefined while nobody was looked for. */
  of(request: FastifyRequest): Caller | undefined {
    return this.known.get(request)?.caller;
  }

  /**
   * Before a refusal is sent, finds out whether a caller from memory still is who may ask, unless that has been found out: what is
   * wrong with a request is told to nobody else. How many requests there were is told without asking the store: a flood must not
   * become its work.
   *
   * @throws GatewayError as `identify` does
   */
  async confirmRefusal(request: FastifyRequest, { statusCode }: FastifyReply): Promise<void> {
    if (statusCode < BAD_REQUEST || statusCode === TOO_MANY_REQUESTS) return;
    if (!this.known.get(request)?.isAssumed) return;
    this.known.delete(request);
    await this.identifyAgain(request);
  }

  scopeOf(request: FastifyRequest, reply: FastifyReply): RequestScope {
    return {
      ...(this.known.get(request) ?? NOBODY),
      idempotencyKey: headerOf(request, 'idempotency-key'),
      showsCost: request.headers[COST_HEADER] === '1',
      identifyAgain: () => this.identifyAgain(request),
      exchange: this.parts.cookie.exchange(request, reply),
      requestId: request.id,
      logFailure: (error) => request.log.error({ err: error }, 'An operation failed'),
    };
  }

  private async identifyAgain(request: FastifyRequest): Promise<Caller> {
    const caller = await this.parts.authenticator.authenticate(this.proofsOf(request));
    this.known.set(request, { caller, isAssumed: false });
    return caller;
  }

  private proofsOf(request: FastifyRequest): ShownProofs {
    return { authorization: request.headers.authorization, session: this.parts.cookie.read(request) };
  }
}

/** @returns undefined as well when it came more than once: nobody can tell which is meant */
function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
