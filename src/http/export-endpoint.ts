import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult, GraphQLSchema } from 'graphql';
import { GatewayError } from '../errors';
import { assertParsable } from '../operations/limits';
import { exportOperation, type ExportOperation } from '../operations/export-operation';
import { unauthenticated } from '../permissions/admit';
import type { Contracts } from '../permissions/contracts';
import { confirmedAnswer } from './confirmed-answer';
import { resultText } from './operation-response';
import { admit, type Admission, type RequestLimit } from './rate-limit';
import type { RequestCallers, RequestScope } from './request-callers';
import { sentOperation, type SentOperation } from './sent-operation';

export interface ExportEndpointParts {
  readonly apollo: ApolloServer<RequestScope>;
  readonly schema: GraphQLSchema;
  readonly callers: RequestCallers;
  readonly requests: RequestLimit;
  readonly contracts: Contracts;
  readonly mostTokens: number;
}

/** A part of the list, or why there is none. */
interface Page {
  readonly items: readonly unknown[];
  /** Behind this part; undefined when nothing follows. */
  readonly cursor: string | undefined;
}
interface Refused {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: unknown;
}

const FORBIDDEN = 403;

/**
 * Adds `POST /export`: all items of one list, each as a line of JSON, however many there are. It is read page by page, so each
 * page is permitted, counted and confirmed like a request of its own, and none is kept in memory once it is sent.
 *
 * A file with silent gaps would be taken for the truth: when anything in the operation is denied, nothing is exported, and when
 * something fails on the way the connection is cut, so that no client takes a part for the whole.
 *
 * @see https://jsonlines.org
 */
export function addExportEndpoint(server: FastifyInstance, parts: ExportEndpointParts): void {
  server.route({
    method: 'POST',
    url: '/export',
    onRequest: async (request, reply) => {
      admit(await count(request, parts), reply);
    },
    preHandler: (request, _reply, done) => {
      assertParsable(request.body);
      done();
    },
    onSend: confirmedAnswer(parts),
    handler: async (request, reply) => {
      const list = new ExportedList(parts, sentIn(request.body), request, reply);
      const first = await list.page(null);
      if ('errors' in first) return refuse(reply, first);
      return (
        reply
          // nginx would gather a large answer in a file before it sends any of it.
          .header('x-accel-buffering', 'no')
          .type('application/jsonl; charset=utf-8')
          .send(Readable.from(list.lines(first), { objectMode: false }))
      );
    },
  });
}

async function count(request: FastifyRequest, { callers, requests }: ExportEndpointParts): Promise<Admission> {
  const caller = callers.of(request) ?? (await callers.identify(request));
  if (caller.kind !== 'credential') throw unauthenticated();
  return requests.count(caller.credentialId);
}

function refuse(reply: FastifyReply, { status, headers, errors }: Refused): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .type('application/json; charset=utf-8')
    .send(`${JSON.stringify({ errors })}\n`);
}

class ExportedList {
  private readonly operation: ExportOperation | undefined;

  constructor(
    private readonly parts: ExportEndpointParts,
    private readonly sent: SentOperation,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.operation = exportOperation(parts.schema, sent.query, parts.mostTokens);
  }

  /** @param cursor to go on behind; null begins */
  async page(cursor: string | null): Promise<Page | Refused> {
    const { query, variables, operationName } = this.sent;
    const paged = this.operation
      ? { query: this.operation.text, variables: { ...variables, [this.operation.cursor]: cursor } }
      : { query, variables };
    const contextValue = this.parts.callers.scopeOf(this.request, this.reply);
    const { http, body } = await this.parts.apollo.executeOperation(
      { ...paged, ...(operationName === undefined ? {} : { operationName }) },
      { contextValue },
    );
    if (body.kind !== 'single') throw new Error('An export has no parts that come later.');
    const { singleResult } = body;
    if (this.operation && singleResult.errors === undefined) return pageOf(singleResult, this.operation.list);
    const status = http.status !== undefined && http.status >= 400 ? http.status : FORBIDDEN;
    return { status, headers: Object.fromEntries(http.headers), errors: singleResult.errors };
  }

  async *lines(first: Page): AsyncGenerator<string, void> {
    const permissions = this.permissions;
    let page = first;
    for (;;) {
      yield page.items.map((item) => `${JSON.stringify(item)}\n`).join('');
      if (page.cursor === undefined) return;
      await this.admitted();
      const next = await this.page(page.cursor);
      if ('errors' in next) throw new GatewayError('UNAVAILABLE', 'An export was cut: its next page was refused.');
      // What asks for whatever is granted is denied nothing when less is: its later lines would lack it without a word.
      if (this.permissions !== permissions)
        throw new GatewayError('UNAVAILABLE', 'An export was cut: permissions changed.');
      page = next;
    }
  }

  /** The version of the permissions that the last page was read with. */
  private get permissions(): number | undefined {
    const caller = this.parts.callers.of(this.request);
    return caller?.kind === 'credential' ? caller.proof.permissionVersion : undefined;
  }

  // A page too many for this minute waits for the next one: to cut the export would only bring it again from its beginning.
  private async admitted(): Promise<void> {
    for (;;) {
      const { refusal, headers } = await count(this.request, this.parts);
      if (!refusal) return;
      await sleep(Number(headers['retry-after']) * 1_000, undefined, { ref: false });
      if (this.reply.raw.destroyed) throw refusal;
    }
  }
}

/** @throws GatewayError BAD_USER_INPUT for pages of no items */
function pageOf(result: FormattedExecutionResult, list: string): Page {
  const { data } = JSON.parse(resultText(result)) as {
    data: Readonly<Record<string, ConnectionData>>;
  };
  const { nodes = [], pageInfo } = data[list] ?? {};
  if (pageInfo?.hasNextPage !== true) return { items: nodes, cursor: undefined };
  // The page behind nothing is the same page again, for ever.
  if (pageInfo.endCursor === null) {
    const message = 'An export reads at least one item at once: "first" takes 1 or more.';
    throw new GatewayError('BAD_USER_INPUT', message, { argument: 'first' });
  }
  return { items: nodes, cursor: pageInfo.endCursor };
}

interface ConnectionData {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** @throws GatewayError BAD_REQUEST */
function sentIn(body: unknown): SentOperation {
  const sent = sentOperation(body);
  if (sent) return sent;
  throw new GatewayError('BAD_REQUEST', 'Send an object with "query", a text, and "variables", an object.');
}
