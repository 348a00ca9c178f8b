import { Agent, request, type IncomingMessage } from 'node:http';

/** What came back, byte for byte. */
export interface Answer {
  readonly status: number;
  /** Names and values in the order in which they were sent. */
  readonly headers: readonly string[];
  readonly text: string;
}

/** Sends operations over connections that stay open. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly url: string) {}

  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    const options = {
      method: 'POST',
      agent: this.agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    };
    return new Promise((resolve, reject) => {
      const sent = request(this.url + path, options, (response) => {
        read(response).then(resolve, reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.rawHeaders, text: Buffer.concat(chunks).toString() };
}

/** The moment and the number of a request differ from one to the next, whatever is stored. */
const OF_THE_REQUEST = new Set(['date', 'x-request-id']);

/** Everything that a client gets of an answer, but the two headers that no two answers share. */
export function seen({ status, headers, text }: Answer): string {
  const kept = headers.flatMap((name, at) =>
    at % 2 === 0 && !OF_THE_REQUEST.has(name.toLowerCase()) ? [`${name}: ${headers[at + 1] ?? ''}`] : [],
  );
  return [status, ...kept, '', text].join('\n');
}
