import { UsageError } from '../errors';

/** Why data could not be fetched from Personio. */
export type PersonioErrorCode =
  | 'PERSONIO_UNREACHABLE'
  | 'PERSONIO_UNAUTHORIZED'
  | 'PERSONIO_RATE_LIMITED'
  | 'PERSONIO_REFUSED'
  | 'PERSONIO_FAILED'
  | 'PERSONIO_BAD_ANSWER';

/** A problem with the other side. Never carries what it sent, which may be anything. */
export class PersonioError extends UsageError {
  constructor(
    readonly code: PersonioErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, { code, message }, options);
  }
}
