import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError } from '../errors';
import type { PublicAddress } from '../public-address';
import type { Exchange } from '../sessions/exchange';
import { ATTEMPT_SECONDS } from '../single-sign-on/attempt';

/** The header that only a script of our own pages sends: a form of another site cannot set it. */
export const CLIENT_HEADER = 'x-fieldgate-client';

/** The cookie on https, bound to this host; and the one on plain http, which works on this machine only. */
const SECURE_COOKIE = '__Host-sid';
const LOCAL_COOKIE = 'sid';

/** The cookie of a browser that was sent to an identity provider. */
const SECURE_ATTEMPT = '__Host-sso';
const LOCAL_ATTEMPT = 'sso';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** How sessions travel between this gateway and browsers. */
export class SessionCookie {
  constructor(private readonly address: PublicAddress) {}

  /**
   * Reads the session's token, if the request carries one in a way that only our own pages can.
   *
   * @throws GatewayError BAD_REQUEST when a token or secret came as well, FORBIDDEN when another site may have sent it
   */
  read(request: FastifyRequest): string | undefined {
    const token = request.cookies[this.name];
    if (token === undefined) return undefined;
    if (request.headers.authorization !== undefined) {
      throw new GatewayError('BAD_REQUEST', 'Send a session cookie or an Authorization header, not both.');
    }
    assertOwnPage(request);
    return token;
  }

  /** What signing in needs of this request. */
  exchange(request: FastifyRequest, reply: FastifyReply): Exchange {
    const assertMayKeepSession = () => {
      assertOwnPage(request);
      this.assertPrivate();
    };
    return {
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? null,
      assertMayKeepSession,
      keepSession: (token) => {
        assertMayKeepSession();
        this.keep(reply, token);
      },
      dropSession: () => void reply.clearCookie(this.name, this.options),
      keepAttempt: (token) => {
        assertMayKeepSession();
        void reply.setCookie(this.attemptName, token, { ...this.attemptOptions, maxAge: ATTEMPT_SECONDS });
      },
      dropAttempt: () => void reply.clearCookie(this.attemptName, this.attemptOptions),
    };
  }

  /** Empty when the browser was not sent anywhere, or took too long. */
  readAttempt(request: FastifyRequest): string {
    return request.cookies[this.attemptName] ?? '';
  }

  /**
   * What signing in needs of a request that another site sends a browser here with: it carries no header of our pages, and is
   * bound to its browser by the cookie of the attempt.
   */
  exchangeOfReturn(request: FastifyRequest, reply: FastifyReply): Exchange {
    const assertMayKeepSession = () => this.assertPrivate();
    return {
      ...this.exchange(request, reply),
      assertMayKeepSession,
      keepSession: (token) => {
        assertMayKeepSession();
        this.keep(reply, token);
      },
    };
  }

  private keep(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.name, token, this.options);
  }

  private assertPrivate(): void {
    if (this.isSecure || this.isLocal) return;
    throw new GatewayError('FORBIDDEN', 'Signing in needs https, or a browser on the gateway’s own machine.');
  }

  private get attemptName(): string {
    return this.isSecure ? SECURE_ATTEMPT : LOCAL_ATTEMPT;
  }

  // Lax: a strict cookie would not come along when the identity provider sends the browser back.
  private get attemptOptions(): { path: string; httpOnly: boolean; sameSite: 'lax'; secure: boolean } {
    return { ...this.options, sameSite: 'lax' };
  }

  private get name(): string {
    return this.isSecure ? SECURE_COOKIE : LOCAL_COOKIE;
  }

  private get options(): { path: string; httpOnly: boolean; sameSite: 'strict'; secure: boolean } {
    return { path: '/', httpOnly: true, sameSite: 'strict', secure: this.isSecure };
  }

  private get isSecure(): boolean {
    return this.address.url.startsWith('https:');
  }

  private get isLocal(): boolean {
    return LOCAL_HOSTS.has(new URL(this.address.url).hostname);
  }
}

function assertOwnPage({ headers }: FastifyRequest): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const isOwnOrigin = origin === undefined || hostOf(origin) === host;
  const isOwnSite = site === undefined || site === 'same-origin';
  const isKnown = origin !== undefined || site !== undefined;
  if (headers[CLIENT_HEADER] !== undefined && isOwnOrigin && isOwnSite && isKnown) return;
  throw new GatewayError('FORBIDDEN', 'A session works from the gateway’s own pages only.');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
