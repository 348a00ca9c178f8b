import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { GatewayError } from '../errors';

const SECONDS = 60;

/** What became of one request: the headers that tell the client where it stands, and whether it may go on. */
export interface Admission {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal: GatewayError | undefined;
}

/**
 * Counts the requests of each credential, on this process. Counted after the credential is known, so nobody can use up
 * somebody else's share.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ for `RateLimit` and `RateLimit-Policy`
 */
export class RequestLimit {
  private readonly limiter: RateLimiterMemory | undefined;

  /** @param perMinute 0 for any number */
  constructor(private readonly perMinute: number) {
    this.limiter = perMinute > 0 ? new RateLimiterMemory({ points: perMinute, duration: SECONDS }) : undefined;
  }

  async count(credentialId: string): Promise<Admission> {
    if (!this.limiter) return { headers: {}, refusal: undefined };
    try {
      return { headers: this.headers(await this.limiter.consume(credentialId)), refusal: undefined };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return {
        headers: { ...this.headers(refused), 'retry-after': String(secondsOf(refused)) },
        refusal: new GatewayError('RATE_LIMITED', 'This credential has sent too many requests. Wait, then go on.', {
          retryAfterSeconds: secondsOf(refused),
        }),
      };
    }
  }

  private headers(state: RateLimiterRes): Record<string, string> {
    return {
      'ratelimit-policy': `"credential";q=${this.perMinute};w=${SECONDS}`,
      ratelimit: `"credential";r=${Math.max(state.remainingPoints, 0)};t=${secondsOf(state)}`,
    };
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(Math.ceil(msBeforeNext / 1000), 1);
}
