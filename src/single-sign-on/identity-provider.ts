import type * as Openid from 'openid-client';
import type { SingleSignOnSettings } from '../config';
import { GatewayError } from '../errors';
import type { AttemptProofs } from './attempt';
import type { Identity } from './identity.store';

/** What the identity provider says about whoever came back. */
export interface ProvenIdentity extends Identity {
  /** When the person last showed there who it is, ISO 8601; null when it does not say. */
  readonly authenticatedAt: string | null;
}

/** Nothing came of it, by the person's own choice. */
export class Cancelled extends Error {}

/** Clocks may differ by this much, in seconds. */
const CLOCK_TOLERANCE = 30;
/** How long an answer may take, in seconds. */
const TIMEOUT = 10;

/**
 * Speaks OpenID Connect: code flow with PKCE, state and nonce, and ID tokens whose signature, issuer, audience and time are
 * checked.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html
 */
export class IdentityProvider {
  private discovered: Promise<Openid.Configuration> | undefined;

  constructor(
    private readonly settings: SingleSignOnSettings,
    private readonly address: { readonly url: string },
  ) {}

  /** What people call it. */
  get name(): string {
    return this.settings.name;
  }

  /**
   * Where to send the browser.
   *
   * @param isFresh whether the person must show anew who it is, although signed in there
   * @throws GatewayError UNAVAILABLE when the provider cannot be asked where that is
   */
  async authorizationUrl({ state, nonce, codeVerifier }: AttemptProofs, isFresh: boolean): Promise<string> {
    const openid = await loadOpenid();
    const configuration = await this.configuration(openid);
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callbackUrl,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(isFresh ? { prompt: 'login', max_age: '0' } : {}),
    });
    return url.href;
  }

  /**
   * Redeems the code that the browser brought back.
   *
   * @param search of the address that the browser was sent back to
   * @throws Cancelled, or any other error when the answer cannot be trusted
   */
  async identify(search: string, { state, nonce, codeVerifier }: AttemptProofs): Promise<ProvenIdentity> {
    const openid = await loadOpenid();
    const configuration = await this.configuration(openid);
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, new URL(this.callbackUrl + search), {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      return identityOf(tokens.claims());
    } catch (cause) {
      const isCancelled = cause instanceof openid.AuthorizationResponseError && cause.error === 'access_denied';
      throw isCancelled ? new Cancelled('The person did not agree.', { cause }) : cause;
    }
  }

  // Behind a proxy the gateway does not see the address that the browser used; this one is registered at the provider.
  private get callbackUrl(): string {
    return `${this.address.url}/sso/callback`;
  }

  private configuration(openid: typeof Openid): Promise<Openid.Configuration> {
    this.discovered ??= this.discover(openid).catch((cause: unknown) => {
      this.discovered = undefined;
      throw new GatewayError('UNAVAILABLE', 'The identity provider cannot be reached. Try again.', {}, { cause });
    });
    return this.discovered;
  }

  private discover(openid: typeof Openid): Promise<Openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const url = new URL(issuer);
    // The settings admit http on this machine alone. It is marked as deprecated only to make it stand out.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const insecure = url.protocol === 'http:' ? [openid.allowInsecureRequests] : [];
    return openid.discovery(
      url,
      clientId,
      { client_secret: clientSecret, [openid.clockTolerance]: CLOCK_TOLERANCE },
      undefined,
      { timeout: TIMEOUT, execute: [openid.enableNonRepudiationChecks, ...insecure] },
    );
  }
}

// Most gateways need no single sign-on, and loading it takes as long as half of their start.
function loadOpenid(): Promise<typeof Openid> {
  return import('openid-client');
}

function identityOf(claims: Openid.IDToken | undefined): ProvenIdentity {
  if (!claims) throw new Error('The identity provider sent no ID token.');
  const { iss, sub, auth_time: seconds } = claims;
  return {
    issuer: iss,
    subject: sub,
    authenticatedAt: seconds === undefined ? null : new Date(seconds * 1000).toISOString(),
  };
}
