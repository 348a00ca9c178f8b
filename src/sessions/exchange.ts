/** What signing in needs of the HTTP request and its answer. */
export interface Exchange {
  /** The network address that the request came from. */
  readonly address: string;
  readonly userAgent: string | null;
  /** Asked before anything is changed for a session. @throws GatewayError when this connection must not carry one */
  assertMayKeepSession(): void;
  /** @throws as `assertMayKeepSession` does */
  keepSession(token: string): void;
  dropSession(): void;
  /** Remembers in the browser that it was sent to the identity provider. @throws as `assertMayKeepSession` does */
  keepAttempt(token: string): void;
  /** Forgets it again, once the browser is back. */
  dropAttempt(): void;
}
