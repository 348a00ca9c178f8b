/** What signing in needs of the HTTP request and its answer. */
export interface Exchange {
  /** The network address that the request came from. */
  readonly address: string;
  readonly userAgent: string | null;
  /** @throws GatewayError when this connection must not carry a session */
  keepSession(token: string): void;
  dropSession(): void;
  /** Remembers in the browser that it was sent to the identity provider. @throws as `keepSession` does */
  keepAttempt(token: string): void;
  /** Forgets it again, once the browser is back. */
  dropAttempt(): void;
}
