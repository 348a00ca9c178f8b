import { GatewayError } from '../errors';
import type { Caller } from './caller';
import { decideModule, type Decision } from './decide';
import type { Audience } from './guard';

const ADMITTED: Decision = { allowed: true };

/**
 * Decides whether `caller` belongs to the audience of a root field. Admins manage and credentials read data; neither can do
 * the other's work.
 *
 * @returns a denial only where a credential lacks the module's box: then the rest of the operation can still be answered
 * @throws GatewayError UNAUTHENTICATED when nobody is known, FORBIDDEN when the field is for others
 */
export function admit(audience: Audience, caller: Caller): Decision {
  switch (audience.who) {
    case 'anyone':
      return ADMITTED;
    case 'credential':
      if (caller.kind !== 'credential') throw refusalFor(caller);
      return audience.module ? decideModule(caller.grants, audience.module.name, audience.module.action) : ADMITTED;
    case 'admin':
      if (caller.kind !== 'admin' || !audience.roles.includes(caller.role)) throw refusalFor(caller);
      return ADMITTED;
  }
}

export function unauthenticated(): GatewayError {
  return new GatewayError(
    'UNAUTHENTICATED',
    'Show who you are first: a bearer token, a client id and secret, or a session.',
  );
}

function refusalFor(caller: Caller): GatewayError {
  switch (caller.kind) {
    case 'anonymous':
      return unauthenticated();
    case 'credential':
      return new GatewayError(
        'FORBIDDEN',
        'This is for admins: a credential reads and writes data, and manages nothing.',
      );
    case 'admin':
      return new GatewayError('FORBIDDEN', 'This is not for admins of your role.');
  }
}
