import type { Access } from './access';

export interface Operation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
}

/** What came back, and what the gateway told about it. */
export interface Answer {
  readonly status: number;
  readonly body: AnswerBody;
  readonly milliseconds: number;
  readonly requestId: string | null;
  /** Absent where the operation was refused before it was measured. */
  readonly cost: Cost | undefined;
  /** Absent where requests are not counted. */
  readonly rate: Rate | undefined;
  /** The hash of what the credential may use; absent where the request was refused before it was known who asks. */
  readonly contract: string | null;
}

export interface AnswerBody {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly coordinate?: string };
  }[];
  readonly extensions?: { readonly cost?: Cost };
}

export interface Cost {
  readonly requested: number;
  readonly most: number;
}

export interface Rate {
  readonly most: number;
  readonly remaining: number;
  readonly seconds: number;
}

/**
 * Sends an operation with the credential's token. A token that was ended in the meantime is replaced once: what was refused for
 * it was not done, so it can be sent again.
 *
 * @throws NoToken when there is no token to be had
 * @throws TypeError when the gateway cannot be reached
 */
export async function ask(access: Access, operation: Operation): Promise<Answer> {
  const answer = await send(access, operation);
  if (answer.status !== 401 || codeOf(answer) !== 'UNAUTHENTICATED') return answer;
  await access.renew();
  return send(access, operation);
}

async function send(access: Access, operation: Operation): Promise<Answer> {
  const authorization = `Bearer ${await access.token()}`;
  const start = performance.now();
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json', authorization, 'x-fieldgate-cost': '1' },
    body: JSON.stringify(operation),
  });
  const body = (await response.json()) as AnswerBody;
  return {
    status: response.status,
    body,
    milliseconds: performance.now() - start,
    requestId: response.headers.get('x-request-id'),
    cost: body.extensions?.cost,
    rate: rateOf(response.headers),
    contract: response.headers.get('x-fieldgate-contract'),
  };
}

export function codeOf({ body }: Answer): string | undefined {
  return body.errors?.[0]?.extensions?.code;
}

/** Reads `RateLimit: "credential";r=5990;t=42` and `RateLimit-Policy: "credential";q=6000;w=60`. */
function rateOf(headers: Headers): Rate | undefined {
  const most = parameter(headers.get('ratelimit-policy'), 'q');
  const remaining = parameter(headers.get('ratelimit'), 'r');
  const seconds = parameter(headers.get('ratelimit'), 't');
  if (most === undefined || remaining === undefined || seconds === undefined) return undefined;
  return { most, remaining, seconds };
}

function parameter(header: string | null, name: string): number | undefined {
  const value = new RegExp(`;${name}=(\\d+)`).exec(header ?? '')?.[1];
  return value === undefined ? undefined : Number(value);
}
