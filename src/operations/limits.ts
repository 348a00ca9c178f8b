import { GatewayError } from '../errors';
import type { Measured } from './measure';
import { DEEPEST_NESTING, nestsDeeper, shapeOfText } from './nesting';

/** Fixed limits: no honest operation comes near them, so nobody needs to move them. */
const MOST: Readonly<Record<'depth' | 'aliases' | 'directives', number>> = { depth: 20, aliases: 100, directives: 100 };

/** Characters. */
const LONGEST_NAME = 200;

/** What a client sent, before anything has looked at it. */
interface Sent {
  readonly query?: unknown;
  readonly variables?: unknown;
}

/**
 * Refuses text and variables that nest so deeply that parsing or coercing them could end the stack, and names that would make an
 * answer many times as long as what was sent.
 *
 * @throws GatewayError LIMIT_EXCEEDED
 */
export function assertParsable(body: unknown): void {
  const { query, variables } = (typeof body === 'object' && body !== null ? body : {}) as Sent;
  const { nesting, longestName } = shapeOfText(typeof query === 'string' ? query : '');
  if (nesting > DEEPEST_NESTING || nestsDeeper(variables, DEEPEST_NESTING)) throw exceeded('NESTING', DEEPEST_NESTING);
  if (longestName > LONGEST_NAME) throw exceeded('NAME', LONGEST_NAME);
}

/** @throws GatewayError LIMIT_EXCEEDED, naming the first limit that the operation goes beyond */
export function assertWithinLimits(measured: Measured, mostCost: number): void {
  if (measured.depth > MOST.depth) throw exceeded('DEPTH', MOST.depth);
  if (measured.aliases > MOST.aliases) throw exceeded('ALIASES', MOST.aliases);
  if (measured.directives > MOST.directives) throw exceeded('DIRECTIVES', MOST.directives);
  if (measured.cost > mostCost) throw exceeded('COST', mostCost, { cost: measured.cost });
}

function exceeded(limit: string, most: number, details: { readonly cost?: number } = {}): GatewayError {
  return new GatewayError('LIMIT_EXCEEDED', 'The operation is larger than any may be.', { limit, most, ...details });
}
