import type { AttributeKey } from '../attributes/attribute';
import type { Decision } from './decide';
import type { Denial } from './denial';
import type { Action } from './grants';

/** What is denied in an operation: each coordinate once, in the order in which it was found. */
export class DenialList {
  private readonly byId = new Map<string, Denial>();

  get all(): Denial[] {
    return [...this.byId.values()];
  }

  add(
    { coordinate, path, action }: Pick<Denial, 'coordinate' | 'path' | 'action'>,
    decision: Decision,
    attributes: readonly AttributeKey[],
  ): void {
    if (decision.allowed) return;
    // A custom attribute that is denied shares its coordinate with those that are not, so its key tells them apart.
    const id = [coordinate, ...attributes].join(' ');
    if (!this.byId.has(id)) this.byId.set(id, { coordinate, path, attributes, ...denied(decision, action) });
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
