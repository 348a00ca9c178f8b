import { readPage, readToken, type PersonioPage } from './personio-answer';
import { PersonioError } from './personio-error';
import { Requests, type RequestPauses } from './requests';

export interface PersonioAccess {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly secret: string;
}

/** What a list of Personio's counts when it is asked for the next part. */
export type Paging = 'records' | 'pages';

const PAGE_SIZE = 100;
const MOST_PAGES = 1_000_000;

/** Reads lists from Personio's API, or from whatever speaks it. */
export class PersonioApi {
  private readonly requests: Requests;
  private token: string | undefined;

  constructor(
    private readonly access: PersonioAccess,
    pauses?: RequestPauses,
  ) {
    this.requests = new Requests(pauses);
  }

  /**
   * The items of a list, page by page.
   *
   * @param onShare how much of the list is there, 0 to 1, when the other side says how long it is
   * @throws PersonioError
   */
  async *pages(
    list: string,
    query: Readonly<Record<string, string>>,
    paging: Paging,
    onShare: (share: number) => void,
  ): AsyncGenerator<readonly unknown[]> {
    let offset = paging === 'pages' ? 1 : 0;
    let seen = 0;
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const page = await this.page(list, { ...query, limit: String(PAGE_SIZE), offset: String(offset) });
      if (page.data.length === 0) return;
      yield page.data;
      seen += page.data.length;
      const total = page.metadata?.total_elements;
      if (total !== undefined && total > 0) onShare(Math.min(seen / total, 1));
      if (isLast(page, paging, seen)) return;
      offset += paging === 'pages' ? 1 : page.data.length;
    }
    throw new PersonioError('PERSONIO_BAD_ANSWER', 'Personio’s list has no end.');
  }

  private async page(list: string, query: Readonly<Record<string, string>>): Promise<PersonioPage> {
    const url = `${this.access.baseUrl}/${list}?${new URLSearchParams(query).toString()}`;
    let answer = await this.authorized(url);
    // A token lives for a day. One that is refused is asked for anew, once.
    if (answer.status === 401 || answer.status === 403) {
      this.token = undefined;
      answer = await this.authorized(url);
    }
    if (answer.status !== 200) throw refusal(answer.status, `the list ${list}`);
    const page = readPage(answer.json);
    if (!page) throw new PersonioError('PERSONIO_BAD_ANSWER', `Personio’s answer for ${list} is no page of data.`);
    return page;
  }

  private async authorized(url: string): Promise<{ readonly status: number; readonly json: unknown }> {
    this.token ??= await this.newToken();
    const headers = { accept: 'application/json', authorization: `Bearer ${this.token}` };
    const answer = await this.requests.send(url, { method: 'GET', headers });
    // Older installations give a token with each answer, and it is the only one that the next request may use.
    const next = /^Bearer (\S{1,8192})$/.exec(answer.authorization ?? '')?.[1];
    if (next !== undefined) this.token = next;
    return answer;
  }

  private async newToken(): Promise<string> {
    const { clientId, secret, baseUrl } = this.access;
    const { status, json } = await this.requests.send(`${baseUrl}/auth`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: clientId, client_secret: secret }),
    });
    if (status !== 200) throw refusal(status, 'the client id and secret');
    const token = readToken(json);
    if (token === undefined) throw new PersonioError('PERSONIO_BAD_ANSWER', 'Personio’s answer has no access token.');
    return token;
  }
}

function isLast({ metadata, data }: PersonioPage, paging: Paging, seen: number): boolean {
  const { total_elements: total, current_page: current, total_pages: pages } = metadata ?? {};
  if (paging === 'pages' && current !== undefined && pages !== undefined) return current >= pages;
  if (total !== undefined) return seen >= total;
  return data.length < PAGE_SIZE;
}

function refusal(status: number, what: string): PersonioError {
  if (status === 401 || status === 403) {
    return new PersonioError('PERSONIO_UNAUTHORIZED', `Personio does not accept ${what} (HTTP ${status}).`);
  }
  return new PersonioError('PERSONIO_REFUSED', `Personio refuses ${what} (HTTP ${status}).`);
}
