import type { AttributeKey } from '../attributes/attribute';
import { GatewayError } from '../errors';
import type { Decision } from './decide';
import type { Denial } from './denial';
import type { Action } from './grants';

/** More than the schema has places and one field takes keys: each is an error of its own in the answer. */
const MOST_DENIALS = 1_000;

/** What is denied in an operation: each coordinate once, in the order in which it was found. */
export class DenialList {
  private readonly byId = new Map<string, Denial>();

  get all(): Denial[] {
    return [...this.byId.values()];
  }

  /** @throws GatewayError LIMIT_EXCEEDED: names of custom attributes come from the client, as many as a body holds */
  add(
    { coordinate, path, action }: Pick<Denial, 'coordinate' | 'path' | 'action'>,
    decision: Decision,
    attributes: readonly AttributeKey[],
  ): void {
    if (decision.allowed) return;
    // A custom attribute that is denied shares its coordinate with those that are not, so its key tells them apart.
    const id = [coordinate, ...attributes].join(' ');
    if (this.byId.has(id)) return;
    if (this.byId.size === MOST_DENIALS) {
      throw new GatewayError('LIMIT_EXCEEDED', 'The operation names too much that is denied.', {
        limit: 'DENIALS',
        most: MOST_DENIALS,
      });
    }
    this.byId.set(id, { coordinate, path, attributes, ...denied(decision, action) });
  }
}

function denied(
  decision: Extract<Decision, { allowed: false }>,
  action: Action,
): Pick<Denial, 'reason' | 'module' | 'action'> {
  // A mutation is found among selections, and lacks the box for writing.
  if (decision.reason !== 'MODULE_FORBIDDEN') return { reason: decision.reason, module: null, action };
  const { reason, module } = decision;
  return { reason, module, action: decision.action };
}
