import type { AttributeKey } from '../attributes/attribute';
import type { LiveReader } from '../authentication/live.store';
import { EmployeeReader } from '../employees/employee.store';
import { unauthenticated } from '../permissions/admit';
import type { AdminCaller, Caller, CredentialCaller } from '../permissions/caller';
import type { GuardedContext } from '../permissions/field-middleware';
import type { Exchange } from '../sessions/exchange';

/** One operation on its way through the house: who asks, and the readers that answer it and no other operation. */
export class OperationContext implements GuardedContext {
  private readonly reader: EmployeeReader | undefined;

  /** @param attributes what the gate found selected and granted */
  constructor(
    readonly caller: Caller,
    private readonly liveReader: LiveReader | undefined,
    attributes: ReadonlySet<AttributeKey>,
    readonly exchange: Exchange,
  ) {
    this.reader = liveReader && new EmployeeReader(liveReader, attributes);
  }

  assertLive(): void {
    this.liveReader?.assertLive();
  }

  get credential(): CredentialCaller {
    if (this.caller.kind === 'credential') return this.caller;
    throw unauthenticated();
  }

  get admin(): AdminCaller {
    if (this.caller.kind === 'admin') return this.caller;
    throw unauthenticated();
  }

  get live(): LiveReader {
    if (this.liveReader) return this.liveReader;
    throw unauthenticated();
  }

  get employees(): EmployeeReader {
    if (this.reader) return this.reader;
    throw unauthenticated();
  }
}
