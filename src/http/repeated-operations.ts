import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { safeParse } from 'secure-json-parse';
import type { Authenticator } from '../authentication/authenticator';
import type { Readiness } from '../health/readiness';
import type { Answer } from '../operations/answer';
import type { Executor } from '../operations/execute';
import { DEEPEST_NESTING, nestsDeeper } from '../operations/nesting';
import type { CredentialCaller } from '../permissions/caller';
import type { Contracts } from '../permissions/contracts';
import { COMMON_HEADERS } from './answer-headers';
import { noteAnswer, type AnswerListener } from './answered';
import { CONTRACT_HEADER } from './contract-endpoint';
import { plannedBody } from './operation-response';
import type { Admission, RequestLimit } from './rate-limit';
import { COST_HEADER } from './request-callers';
import { sentOperation, type SentOperation } from './sent-operation';

export interface RepeatedOperationsParts {
  readonly logger: FastifyBaseLogger;
  readonly metrics?: AnswerListener | undefined;
  readonly readiness: Readiness;
  readonly authenticator: Authenticator;
  readonly requests: RequestLimit;
  readonly executor: Executor;
  readonly contracts: Contracts;
}

/** The most bytes of a request's body on this way. */
const LARGEST_BODY = 64 * 1024;
const MOST_ACCEPTS = 100;

/** What a request may carry here and what it means: with any other header of ours, it goes the whole way. */
const UNUSUAL_HEADERS = ['cookie', 'idempotency-key', COST_HEADER, 'content-encoding', 'transfer-encoding', 'expect'];

/** The members that an operation's request may have here. */
const PLAIN_MEMBERS: ReadonlySet<string> = new Set(['query', 'operationName', 'variables']);

/** What is known of a request that goes the whole way after all. */
interface HandedOver {
  readonly body: Buffer;
  /** Absent: it has not been counted yet. */
  readonly admission?: Admission | undefined;
}

/**
 * Answers operations that were planned and answered before, in front of the server: same callers, same checks in the
 * statement, same headers, log and figures, and none of the work that has nothing more to find out. It serves good answers
 * only. Whatever is unusual about a request, its caller or its answer leaves all of it to the server, as if it had just come.
 */
export class RepeatedOperations {
  private readonly handedOver = new WeakMap<IncomingMessage, HandedOver>();
  // What the server answered clients with that accept these types.
  private readonly contentTypes = new LRUCache<string, string>({ max: MOST_ACCEPTS });

  private goodHost: string | undefined;

  constructor(private readonly parts: RepeatedOperationsParts) {}

  /** @param server takes what is not for this way */
  listener(server: RequestListener): RequestListener {
    return (request, response) => {
      const caller = this.callerOf(request);
      const contentType = caller && this.contentTypes.get(request.headers.accept ?? '');
      if (!contentType) {
        server(request, response);
        return;
      }
      const arrived = performance.now();
      bodyOf(request, (body) => {
        const handOver = (admission?: Admission) => {
          this.handedOver.set(request, { body, admission });
          server(request, response);
        };
        const answer = this.planned(body, caller);
        if (!answer) return handOver();
        void this.serve({ response, caller, contentType, arrived, answer }, handOver);
      });
    };
  }

  /** Takes note of how the server answered a request, so that the same can be done without it. */
  learn(request: FastifyRequest, reply: FastifyReply): void {
    const contentType = reply.getHeader('content-type');
    if (reply.statusCode === 200 && typeof contentType === 'string') {
      this.contentTypes.set(request.headers.accept ?? '', contentType);
    }
  }

  /** The body of a request that was read here, to be read once more. */
  payloadOf(request: IncomingMessage): Readable | undefined {
    const body = this.handedOver.get(request)?.body;
    return body && Readable.from([body]);
  }

  /** What came of counting a request here: it counts once. */
  admissionOf(request: IncomingMessage): Admission | undefined {
    return this.handedOver.get(request)?.admission;
  }

  private callerOf({ method, url, headers }: IncomingMessage): CredentialCaller | undefined {
    if (method !== 'POST' || url !== '/graphql' || this.parts.readiness.isDraining) return undefined;
    if (headers['content-type'] !== 'application/json') return undefined;
    if (!(Number(headers['content-length']) <= LARGEST_BODY)) return undefined;
    if (UNUSUAL_HEADERS.some((name) => headers[name] !== undefined) || !this.isHost(headers.host)) return undefined;
    return this.parts.authenticator.recall(headers.authorization);
  }

  // Clients of one gateway call it by one name or two.
  private isHost(host: string | undefined): boolean {
    if (host === undefined || (host !== this.goodHost && !URL.canParse(`http://${host}/`))) return false;
    this.goodHost = host;
    return true;
  }

  private planned(body: Buffer, caller: CredentialCaller): (() => Promise<Answer | undefined>) | undefined {
    const sent = plainlySent(body);
    return sent && this.parts.executor.repeated(sent.query, sent.operationName, sent.variables, caller);
  }

  private async serve(
    { response, caller, contentType, arrived, answer }: Serving,
    handOver: (admission?: Admission) => void,
  ): Promise<void> {
    const { requests, contracts, logger, metrics } = this.parts;
    let admission: Admission | undefined;
    let body: string | Buffer | undefined;
    try {
      admission = await requests.count(caller.credentialId);
      const answered = admission.refusal ? undefined : await answer();
      body = answered && plannedBody(answered);
    } catch {
      // The server meets the same failure, and puts it into words.
    }
    if (body === undefined) {
      handOver(admission);
      return;
    }
    const id = randomUUID();
    response.once('close', () => {
      const milliseconds = performance.now() - arrived;
      noteAnswer(logger, metrics, { method: 'POST', route: '/graphql', status: 200, milliseconds }, { reqId: id });
    });
    response
      .writeHead(200, {
        ...COMMON_HEADERS,
        'x-request-id': id,
        ...admission?.headers,
        'content-type': contentType,
        [CONTRACT_HEADER]: contracts.hashOf(caller.grants),
        'content-length': Buffer.byteLength(body),
      })
      .end(body);
  }
}

interface Serving {
  readonly response: ServerResponse;
  readonly caller: CredentialCaller;
  readonly contentType: string;
  /** By the monotonic clock, in milliseconds. */
  readonly arrived: number;
  readonly answer: () => Promise<Answer | undefined>;
}

function bodyOf(request: IncomingMessage, then: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    then(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  });
}

/** @returns undefined for whatever is not in its plainest form */
function plainlySent(body: Buffer): SentOperation | undefined {
  const value: unknown = safeParse(body.toString());
  const sent = sentOperation(value);
  if (!sent || Object.keys(value as object).some((name) => !PLAIN_MEMBERS.has(name))) return undefined;
  return nestsDeeper(sent.variables, DEEPEST_NESTING) ? undefined : sent;
}
