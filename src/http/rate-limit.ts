import type { FastifyReply } from 'fastify';
import { GatewayError } from '../errors';
import type { Rate, RateLimit, Taken } from '../rates/rate-limit';

const SECONDS = 60;

/** What became of one request: the headers that tell the client where it stands, and whether it may go on. */
export interface Admission {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal: GatewayError | undefined;
}

/** Tells the client where it stands. @throws GatewayError when it may not go on */
export function admit({ headers, refusal }: Admission, reply: FastifyReply): void {
  void reply.headers(headers);
  if (refusal) throw refusal;
}

/** @returns undefined for any number */
export function requestRate(perMinute: number): Rate | undefined {
  return perMinute > 0 ? { name: 'requests', points: perMinute, seconds: SECONDS } : undefined;
}

/**
 * Counts the requests of each credential, in all processes together. Counted after the credential is known, so nobody can
 * use up somebody else's share.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ for `RateLimit` and `RateLimit-Policy`
 */
export class RequestLimit {
  /** @param limit absent for any number */
  constructor(
    private readonly perMinute: number,
    private readonly limit: RateLimit | undefined,
  ) {}

  async count(credentialId: string): Promise<Admission> {
    if (!this.limit) return { headers: {}, refusal: undefined };
    const taken = await this.limit.take(credentialId);
    if (!taken.isOver) return { headers: this.headers(taken), refusal: undefined };
    return {
      headers: { ...this.headers(taken), 'retry-after': String(taken.seconds) },
      refusal: new GatewayError('RATE_LIMITED', 'This credential has sent too many requests. Wait, then go on.', {
        retryAfterSeconds: taken.seconds,
      }),
    };
  }

  private headers({ left, seconds }: Taken): Record<string, string> {
    return {
      'ratelimit-policy': `"credential";q=${this.perMinute};w=${SECONDS}`,
      ratelimit: `"credential";r=${left};t=${seconds}`,
    };
  }
}
