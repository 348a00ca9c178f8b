/** How the gateway answered a request for a token. */
export type SignInProblem =
  { readonly kind: 'REFUSED' } | { readonly kind: 'WAIT'; readonly seconds: number } | { readonly kind: 'UNREACHABLE' };

/** Thrown where a token was needed and there is none to be had. */
export class NoToken extends Error {
  override readonly name = 'NoToken';

  constructor(readonly problem: SignInProblem) {
    super(problem.kind);
  }
}

/** A token is renewed when less than this part of its life is left. */
const RENEWAL = 0.2;

/** How often it is looked at while nobody asks anything, in milliseconds. */
const LOOK_EVERY = 15_000;

/**
 * One credential that is signed in. Its secret and its token are private fields of this object: they are in the memory of this
 * page, in no storage, address or cookie, and gone with it.
 */
export class Access {
  readonly #clientId: string;
  #secret: string;
  #token = '';
  #endsAt = 0;
  #renewsAt = 0;
  #isClosed = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(clientId: string, secret: string) {
    this.#clientId = clientId;
    this.#secret = secret;
  }

  /** @throws NoToken when the gateway gives none */
  static async open(clientId: string, secret: string): Promise<Access> {
    const access = new Access(clientId, secret);
    await access.renew();
    // Whoever reads an answer for long finds a token that works. What fails is tried again when it is needed.
    access.#timer = setInterval(() => void access.token().catch(() => undefined), LOOK_EVERY);
    return access;
  }

  /** Whether somebody signed out: what is still under way then has nobody to tell it to. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * @returns a token that works for some time yet
   * @throws NoToken when the old one has ended and the gateway gives no other
   */
  async token(): Promise<string> {
    if (Date.now() < this.#renewsAt) return this.#token;
    try {
      await this.renew();
    } catch (error) {
      if (Date.now() >= this.#endsAt) throw error;
    }
    return this.#token;
  }

  /** @throws NoToken when the gateway gives none */
  async renew(): Promise<void> {
    if (this.#isClosed) throw new NoToken({ kind: 'REFUSED' });
    const answer = await this.post('/oauth/token', { grant_type: 'client_credentials' });
    if (!answer.ok) throw new NoToken(refusalOf(answer));
    const { access_token: token, expires_in: seconds } = (await answer.json()) as TokenAnswer;
    if (this.isClosed) throw new NoToken({ kind: 'REFUSED' });
    this.#token = token;
    this.#endsAt = Date.now() + seconds * 1000;
    this.#renewsAt = this.#endsAt - seconds * 1000 * RENEWAL;
  }

  /** Ends the token and forgets the secret. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    const ending = this.post('/oauth/revoke', { token: this.#token });
    this.#token = '';
    this.#secret = '';
    this.#endsAt = 0;
    this.#renewsAt = 0;
    // A token that cannot be ended ends by itself within its ten minutes.
    await ending.catch(() => undefined);
  }

  private async post(path: string, form: Readonly<Record<string, string>>): Promise<Response> {
    const body = new URLSearchParams({ ...form, client_id: this.#clientId, client_secret: this.#secret });
    try {
      // Without the session of an admin who has the admin UI open in another tab.
      return await fetch(path, { method: 'POST', body, credentials: 'omit' });
    } catch {
      throw new NoToken({ kind: 'UNREACHABLE' });
    }
  }
}

interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
}

function refusalOf({ status, headers }: Response): SignInProblem {
  if (status === 429) return { kind: 'WAIT', seconds: Number(headers.get('retry-after') ?? 60) };
  return { kind: status < 500 ? 'REFUSED' : 'UNREACHABLE' };
}
