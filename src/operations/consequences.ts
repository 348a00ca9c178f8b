import type { GraphQLError } from 'graphql';
import type { Caller, CredentialCaller } from '../permissions/caller';
import type { Denial } from '../permissions/denial';
import { denialError } from '../permissions/denial-error';
import { denialLink } from '../permissions/denial-link';
import type { Verdict } from '../permissions/gate';
import type { PublicAddress } from '../public-address';
import type { OperationUse } from '../usage/usage';

interface Known {
  readonly errors: readonly GraphQLError[];
  readonly use: OperationUse;
}

/** What follows from a verdict for a caller: the same objects each time, as long as caller and verdict are remembered. */
export class Consequences {
  private readonly known = new WeakMap<CredentialCaller, WeakMap<Verdict, Known>>();

  /** @param address where denials send the admins */
  constructor(private readonly address: PublicAddress) {}

  /** One error per refused or denied coordinate. */
  errorsOf(verdict: Verdict, caller: Caller): readonly GraphQLError[] {
    return caller.kind === 'credential' ? this.of(verdict, caller).errors : this.explained(verdict, '');
  }

  useOf(verdict: Verdict, caller: CredentialCaller): OperationUse {
    return this.of(verdict, caller).use;
  }

  private of(verdict: Verdict, caller: CredentialCaller): Known {
    let ofCaller = this.known.get(caller);
    if (!ofCaller) this.known.set(caller, (ofCaller = new WeakMap()));
    let known = ofCaller.get(verdict);
    if (!known) {
      known = { errors: this.explained(verdict, caller.clientId), use: useOf(caller.credentialId, verdict) };
      ofCaller.set(verdict, known);
    }
    return known;
  }

  private explained(verdict: Verdict, clientId: string): readonly GraphQLError[] {
    return deniedBy(verdict).map((denial) => denialError(denial, denialLink(this.address.url, clientId, denial)));
  }
}

// A refused operation has refusals alone; whatever else it would be denied is not said.
function deniedBy({ refusals, denials }: Verdict): readonly Denial[] {
  return refusals.length > 0 ? refusals : denials;
}

// Nothing of a refused operation was read, whatever it could have read.
function useOf(credentialId: string, { attributes, asked, denials, refusals }: Verdict): OperationUse {
  const denied = [...refusals, ...denials];
  return {
    credentialId,
    read: refusals.length > 0 ? [] : [...attributes, ...asked],
    denied: denied.flatMap((denial) => denial.attributes),
    wasDenied: denied.length > 0,
  };
}
