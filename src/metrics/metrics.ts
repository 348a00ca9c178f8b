import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Denial } from '../permissions/denial';
import type { StatementKind, StatementListener, StoreConnections } from '../store/measured-store';

/** An answer over HTTP, without anything that its client chose. */
export interface AnsweredRequest {
  /** As it was registered, such as `/graphql`; `unknown` for what no route takes. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

/** A cache that can be watched: totals since the start, and what it holds now. */
export interface CacheFigures {
  readonly hits: number;
  readonly misses: number;
  readonly size: number;
}

/** Any other method is counted as one: a client could invent labels with it. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
const REQUEST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENT_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * The gateway's figures in the form that Prometheus reads. Labels come from closed lists: no client, credential, attribute or
 * value can make a new one (L36).
 */
export class Metrics implements StatementListener {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'fieldgate_request_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  private readonly denials = new Counter({
    name: 'fieldgate_denials_total',
    help: 'Schema coordinates that were denied, by the reason and by what was wanted.',
    labelNames: ['reason', 'action'],
    registers: [this.registry],
  });
  private readonly statements = new Histogram({
    name: 'fieldgate_statement_seconds',
    help: 'Time of a read, or of a whole write transaction, waiting for a connection included.',
    labelNames: ['kind', 'outcome'],
    buckets: STATEMENT_BUCKETS,
    registers: [this.registry],
  });

  constructor() {
    // Memory, processor time, garbage collection and the lag of the event loop.
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  answered({ route, method, status, seconds }: AnsweredRequest): void {
    this.requests.observe({ route, method: METHODS.has(method) ? method : 'OTHER', status }, seconds);
  }

  denied(denials: readonly Denial[]): void {
    for (const { reason, action } of denials) this.denials.inc({ reason, action });
  }

  statement(kind: StatementKind, seconds: number, isDone: boolean): void {
    this.statements.observe({ kind, outcome: isDone ? 'done' : 'failed' }, seconds);
  }

  /** Shows the store's connections whenever somebody looks. */
  watchConnections(connections: () => Readonly<Record<StatementKind, StoreConnections>>): void {
    const gauge = new Gauge<'kind' | 'state'>({
      name: 'fieldgate_store_connections',
      help: 'Connections to the store that are there and that are busy, and statements that wait for one.',
      labelNames: ['kind', 'state'],
      registers: [this.registry],
      collect: () => {
        for (const [kind, figures] of Object.entries(connections())) {
          for (const [state, value] of Object.entries(figures)) gauge.set({ kind, state }, value as number);
        }
      },
    });
  }

  /** Shows a cache whenever somebody looks. @param name of a closed list, such as `plan` */
  watchCache(name: string, figures: () => CacheFigures): void {
    const size: Gauge = new Gauge({
      name: `fieldgate_${name}_cache_size`,
      help: `Entries of the ${name} cache.`,
      registers: [this.registry],
      collect: () => size.set(figures().size),
    });
    const uses = new Counter<'outcome'>({
      name: `fieldgate_${name}_cache_uses_total`,
      help: `Looks into the ${name} cache, by whether something was there.`,
      labelNames: ['outcome'],
      registers: [this.registry],
      collect: () => {
        const { hits, misses } = figures();
        uses.reset();
        uses.inc({ outcome: 'hit' }, hits);
        uses.inc({ outcome: 'miss' }, misses);
      },
    });
  }
}
