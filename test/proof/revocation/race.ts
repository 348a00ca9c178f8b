import { setTimeout as pause } from 'node:timers/promises';
import { basic } from '../../support/gateway';
import type { Made, Managing } from '../../support/managing';
import { Client } from '../fuzz/client';

/** The ways in which an admin takes something away. */
export const KINDS = ['disable', 'allowlist cut', 'rotation', 'expiry'] as const;
export type Kind = (typeof KINDS)[number];

/** What one way of taking away was like, again and again. */
export interface Races {
  readonly kind: Kind;
  readonly times: number;
  /** Answers with data to requests that were sent after the mutation had answered. Must be none. */
  readonly late: readonly string[];
  /** Answers with data while it was still allowed: the load was real. */
  readonly served: number;
  /** From sending the mutation to the first refusal that any reader got, in milliseconds. */
  readonly delays: readonly number[];
}

/** Half a page, so that several statements of one credential are under way at any moment. */
const QUERY = JSON.stringify({ query: '{ employees(first: 5) { nodes { id email supervisor { email } } } }' });
const CUT = JSON.stringify({ query: '{ employees(first: 5) { nodes { email } } }' });
const ATTRIBUTES = ['email', 'firstName', 'supervisor'];
/** How far an expiry is set ahead, in milliseconds: one in the past is refused, and a busy machine takes its time. */
const AHEAD = 1_000;

/** Takes something away `times` times while readers on every gateway go on asking, and looks for answers that came too late. */
export async function race(
  kind: Kind,
  times: number,
  at: { readonly managing: Managing; readonly urls: readonly string[]; readonly lanes: number },
): Promise<Races> {
  const lanes = Array.from(
    { length: at.lanes },
    (_, lane) => new Lane(kind, `${kind} ${lane} ${Math.random()}`, at.managing, at.urls),
  );
  const late: string[] = [];
  const delays: number[] = [];
  let [served, left] = [0, times];
  await Promise.all(
    lanes.map(async (lane) => {
      await lane.prepare();
      for (; left > 0;) {
        left -= 1;
        const once = await lane.once();
        late.push(...once.late);
        served += once.served;
        delays.push(once.delay);
      }
      lane.close();
    }),
  );
  return { kind, times, late, served, delays: delays.sort((a, b) => a - b) };
}

interface Once {
  readonly late: readonly string[];
  readonly served: number;
  readonly delay: number;
}

interface Seen {
  readonly sentAt: number;
  readonly at: number;
  readonly hasData: boolean;
  readonly text: string;
}

/** One credential that loses something, gets it back, and loses it again. */
class Lane {
  private made: Made | undefined;
  private version = 0;
  private secret = '';
  private readonly clients: readonly Client[];

  constructor(
    private readonly kind: Kind,
    private readonly name: string,
    private readonly managing: Managing,
    urls: readonly string[],
  ) {
    this.clients = urls.map((url) => new Client(url));
  }

  async prepare(): Promise<void> {
    this.made = await this.managing.reader(this.name, ATTRIBUTES);
    ({ version: this.version, secret: this.secret } = this.made);
  }

  close(): void {
    for (const client of this.clients) client.close();
  }

  async once(): Promise<Once> {
    const authorization = await this.authorization();
    const seen: Seen[] = [];
    const load = { isOn: true };
    const readers = this.clients.map(async (client) => {
      while (load.isOn) seen.push(await ask(client, authorization, QUERY));
    });
    await until(() => seen.some(({ hasData }) => hasData));
    const { sentAt, answeredAt } = await this.take();
    const probes = await Promise.all(
      this.clients.map((client) => ask(client, authorization, this.kind === 'allowlist cut' ? CUT : QUERY)),
    );
    load.isOn = false;
    await Promise.all(readers);
    await this.giveBack();
    const all = [...seen, ...probes];
    const first = Math.min(...all.filter(({ hasData }) => !hasData).map(({ at }) => at));
    return {
      late: all.filter((one) => one.hasData && one.sentAt >= answeredAt).map(({ text }) => text),
      served: all.filter(({ hasData }) => hasData).length,
      delay: first - sentAt,
    };
  }

  /** A token or the secret itself, in turns. */
  private async authorization(): Promise<string> {
    const byItself = basic(this.made?.clientId ?? '', this.secret);
    const [client] = this.clients;
    if (!client || this.version % 2 === 0) return byItself;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: byItself };
    const { text } = await client.post('/oauth/token', headers, 'grant_type=client_credentials');
    return `Bearer ${(JSON.parse(text) as { access_token: string }).access_token}`;
  }

  private async take(): Promise<{ readonly sentAt: number; readonly answeredAt: number }> {
    const { managing, kind, version } = this;
    const id = this.made?.id ?? '';
    const expiry = Date.now() + AHEAD;
    const sentAt = performance.now();
    if (kind === 'disable') this.keep(await managing.onOne('disableCredential', id));
    else if (kind === 'allowlist cut') this.keep(await managing.update(id, { version, grants: grants(['firstName']) }));
    else if (kind === 'expiry')
      this.keep(await managing.update(id, { version, expiresAt: new Date(expiry).toISOString() }));
    else this.keep(await managing.rotate(id, 'NONE'));
    if (kind !== 'expiry') return { sentAt, answeredAt: performance.now() };
    // The moment itself is what nothing may be served after; where the machine was slower than that, the answer is.
    const moment = Math.max(performance.now() + (expiry - Date.now()) + 1, performance.now());
    while (performance.now() < moment) await pause(1);
    return { sentAt: moment, answeredAt: moment };
  }

  private async giveBack(): Promise<void> {
    const { managing, kind } = this;
    const id = this.made?.id ?? '';
    if (kind === 'disable') this.keep(await managing.onOne('enableCredential', id));
    else if (kind === 'allowlist cut')
      this.keep(await managing.update(id, { version: this.version, grants: grants(ATTRIBUTES) }));
    else if (kind === 'expiry') this.keep(await managing.update(id, { version: this.version, expiresAt: null }));
  }

  private keep({ credential, clientSecret, userErrors }: Awaited<ReturnType<Managing['onOne']>>): void {
    if (!credential) throw new Error(`The admin was refused: ${JSON.stringify(userErrors)}`);
    this.version = credential.version;
    if (clientSecret) this.secret = clientSecret;
  }
}

function grants(attributes: readonly string[]): object {
  return { modules: [{ module: 'EMPLOYEES', read: true, write: false }], read: attributes, write: [] };
}

async function ask(client: Client, authorization: string, body: string): Promise<Seen> {
  const sentAt = performance.now();
  const { text } = await client.post('/graphql', { 'content-type': 'application/json', authorization }, body);
  return { sentAt, at: performance.now(), hasData: /"email":"/.test(text), text };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(1);
}

/** A value below which this share of the others lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
