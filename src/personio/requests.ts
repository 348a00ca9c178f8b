import { setTimeout } from 'node:timers/promises';
import { PersonioError } from './personio-error';

/** How long a request waits, in milliseconds. */
export interface RequestPauses {
  /** Before the second attempt; it doubles with each further one. */
  readonly first: number;
  /** The longest that the other side may ask for. A longer one ends the import. */
  readonly longest: number;
  /** For an answer, its body included. */
  readonly timeout: number;
}

const PAUSES: RequestPauses = { first: 1_000, longest: 120_000, timeout: 60_000 };
const ATTEMPTS = 5;
/** Bytes of one answer: a page of 100 people has some hundred kilobytes. */
const LARGEST_ANSWER = 32 * 1_048_576;

export interface Answer {
  readonly status: number;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
  readonly authorization: string | null;
}

/** Sends requests, once more after a pause when the other side is busy (429), broken (5xx) or out of reach. */
export class Requests {
  constructor(private readonly pauses: RequestPauses = PAUSES) {}

  /** @throws PersonioError when there is no answer, or only 429 and 5xx */
  async send(url: string, init: RequestInit): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(url, init);
      if (!(outcome instanceof Retry)) return outcome;
      const pause = outcome.pause ?? this.pauses.first * 2 ** (attempt - 1);
      if (attempt === ATTEMPTS || pause > this.pauses.longest) throw outcome.error;
      await setTimeout(pause);
    }
  }

  private async attempt(url: string, init: RequestInit): Promise<Answer | Retry> {
    try {
      // The secret and the token go to the address that was given, wherever that points to.
      const signal = AbortSignal.timeout(this.pauses.timeout);
      const response = await fetch(url, { ...init, redirect: 'manual', signal });
      const retry = retryOf(response);
      if (retry) await response.body?.cancel();
      return retry ?? (await answerOf(response));
    } catch (error) {
      if (error instanceof PersonioError) throw error;
      return new Retry(new PersonioError('PERSONIO_UNREACHABLE', unreachable(url), { cause: error }), undefined);
    }
  }
}

/** Why to try again, and after how long. */
class Retry {
  constructor(
    readonly error: PersonioError,
    readonly pause: number | undefined,
  ) {}
}

function retryOf({ status, headers }: Response): Retry | undefined {
  const pause = readRetryAfter(headers.get('retry-after'));
  if (status === 429) {
    const when = pause === undefined ? 'later' : `in ${Math.ceil(pause / 1_000)} seconds`;
    return new Retry(
      new PersonioError('PERSONIO_RATE_LIMITED', `Personio has had too many requests (HTTP 429). Try again ${when}.`),
      pause,
    );
  }
  if (status < 500) return undefined;
  return new Retry(new PersonioError('PERSONIO_FAILED', `Personio fails at the moment (HTTP ${status}).`), pause);
}

/** @returns milliseconds; undefined when there is no such header or it cannot be read */
function readRetryAfter(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : Math.max(moment - Date.now(), 0);
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await boundedText(response);
  return { status: response.status, json: parsed(text), authorization: response.headers.get('authorization') };
}

async function boundedText({ body }: Response): Promise<string> {
  if (!body) return '';
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > LARGEST_ANSWER)
      throw new PersonioError('PERSONIO_BAD_ANSWER', 'Personio’s answer is larger than 32 MiB.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unreachable(url: string): string {
  return `${new URL(url).origin} cannot be reached, or does not answer in time.`;
}
