import type { AttributeKey } from '../attributes/attribute';
import type { LiveReader } from '../authentication/live.store';
import { EmployeeReader } from '../employees/employee.store';
import { GatewayError } from '../errors';
import type { Caller, CredentialCaller } from '../permissions/caller';
import type { GuardedContext } from '../permissions/field-middleware';

/** One operation on its way through the house: who asks, and the readers that answer it and no other operation. */
export class OperationContext implements GuardedContext {
  private readonly reader: EmployeeReader | undefined;

  /** @param attributes what the gate found selected and granted */
  constructor(
    readonly caller: Caller,
    private readonly live: LiveReader | undefined,
    attributes: ReadonlySet<AttributeKey>,
  ) {
    this.reader = live && new EmployeeReader(live, attributes);
  }

  assertLive(): void {
    this.live?.assertLive();
  }

  get credential(): CredentialCaller {
    if (this.caller.kind === 'credential') return this.caller;
    throw new GatewayError('UNAUTHENTICATED', 'This operation needs a bearer token, or a client id and secret.');
  }

  get employees(): EmployeeReader {
    if (this.reader) return this.reader;
    throw new GatewayError('UNAUTHENTICATED', 'This operation needs a bearer token, or a client id and secret.');
  }
}
