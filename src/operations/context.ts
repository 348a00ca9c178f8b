import type { AttributeKey } from '../attributes/attribute';
import type { LiveReader, LiveTransaction } from '../authentication/live.store';
import { EmployeeReader } from '../employees/employee.store';
import type { IdempotencyStore, WriteRequest } from '../idempotency/idempotency.store';
import { RecordReader } from '../pagination/record-reader.store';
import { isUniqueViolation } from '../store/statement';
import { CONFLICT } from '../writing/write-outcome';
import { GatewayError } from '../errors';
import { unauthenticated } from '../permissions/admit';
import type { AdminCaller, Caller, CredentialCaller } from '../permissions/caller';
import type { GuardedContext } from '../permissions/field-middleware';
import type { Grants } from '../permissions/grants';
import type { Exchange } from '../sessions/exchange';

/** What an operation needs to write. */
export interface Writing {
  readonly idempotency: IdempotencyStore;
  /** Of the request's header; an argument of the same meaning comes first. */
  readonly key: string | null;
}

/** One transaction of an operation, for what its credential may do. */
export interface Transaction extends LiveTransaction {
  readonly grants: Grants;
}

/** One operation on its way through the house: who asks, and the readers that answer it and no other operation. */
export class OperationContext implements GuardedContext {
  private reader: EmployeeReader | undefined;
  private recordReader: RecordReader | undefined;

  /** @param attributes what the gate found selected and granted */
  constructor(
    readonly caller: Caller,
    private readonly liveReader: LiveReader | undefined,
    private readonly attributes: ReadonlySet<AttributeKey>,
    private readonly writing: Writing,
    readonly exchange: Exchange,
  ) {
    this.readAgain();
  }

  /**
   * Writes for the credential in one transaction, which is kept only if the credential is alive in it. A request that was
   * kept before under the same idempotency key answers as it did then and writes nothing.
   */
  async write<Outcome extends { readonly isKept: boolean }>(
    request: WriteRequest,
    work: (transaction: Transaction) => Promise<Outcome>,
  ): Promise<Outcome> {
    const outcome = await this.kept({ ...request, key: request.key ?? this.writing.key }, work);
    // What was read before would be out of date.
    this.readAgain();
    return outcome;
  }

  private async kept<Outcome extends { readonly isKept: boolean }>(
    request: WriteRequest,
    work: (transaction: Transaction) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { credentialId, grants } = this.credential;
    const { idempotency } = this.writing;
    try {
      return await this.live.write(credentialId, (transaction) =>
        idempotency.once(transaction.run, { credentialId, now: transaction.now() }, request, () =>
          work({ ...transaction, grants }),
        ),
      );
    } catch (cause) {
      // Somebody else was faster with the same value, between our look and our write.
      if (isUniqueViolation(cause)) throw new GatewayError('CONFLICT', CONFLICT.message, {}, { cause });
      throw cause;
    }
  }

  private readAgain(): void {
    this.reader = this.liveReader && new EmployeeReader(this.liveReader, this.attributes);
    this.recordReader = this.liveReader && new RecordReader(this.liveReader);
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

  /** Records of the modules beside the people. */
  get records(): RecordReader {
    if (this.recordReader) return this.recordReader;
    throw unauthenticated();
  }

  get employees(): EmployeeReader {
    if (this.reader) return this.reader;
    throw unauthenticated();
  }
}
