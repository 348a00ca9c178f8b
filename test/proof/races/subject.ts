import { basic } from '../../support/gateway';
import type { Made, Managed, ManagedAnswer, Managing } from '../../support/managing';
import { send } from '../../support/process';
import { present } from '../../support/present';
import { Lane } from './lane';

const LANES = 2;

/** A credential that several clients use all the time, with its secret and with tokens, at different gateways. */
export class Subject {
  readonly lanes: readonly Lane[];
  managed: Managed;
  /** A secret that its clients do not use yet. */
  next: string | undefined;
  private readonly authorizations: { secret: string; token: string };

  private constructor(
    private readonly urls: readonly string[],
    made: Made,
    token: string,
    index: number,
  ) {
    this.managed = made;
    this.authorizations = { secret: basic(made.clientId, made.secret), token };
    this.lanes = Array.from({ length: LANES }, (_, lane) => {
      const url = present(urls[(index * LANES + lane) % urls.length]);
      // Both proofs come from every subject, and from all of them together to every gateway.
      const proof = (lane + Math.floor((index * LANES) / urls.length)) % 2 === 0 ? 'secret' : 'token';
      return new Lane(url, proof, () => this.authorizations[proof]);
    });
  }

  static async make(urls: readonly string[], managing: Managing, index: number): Promise<Subject> {
    const made = await managing.reader(`Raced ${urls.length} ${index}`, ['firstName', 'lastName']);
    const token = await newToken(present(urls[0]), basic(made.clientId, made.secret));
    return new Subject(urls, made, token, index);
  }

  /** Keeps what a mutation answered. @throws when it was refused */
  changed({ credential, userErrors }: ManagedAnswer): void {
    if (userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(userErrors)}`);
    this.managed = present(credential);
  }

  /** From now on, its clients use this secret and a token that they got with it. */
  async useSecret(secret: string): Promise<void> {
    const authorization = basic(this.managed.clientId, secret);
    const token = await newToken(present(this.urls.at(-1)), authorization);
    Object.assign(this.authorizations, { secret: authorization, token });
  }

  /** From now on, its clients use a new token. */
  async renewToken(): Promise<void> {
    this.authorizations.token = await newToken(present(this.urls.at(-1)), this.authorizations.secret);
  }
}

async function newToken(url: string, authorization: string): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization };
  const { text } = await send(`${url}/oauth/token`, { headers, body: 'grant_type=client_credentials' });
  const { access_token: token } = JSON.parse(text) as { access_token?: string };
  return `Bearer ${present(token)}`;
}
