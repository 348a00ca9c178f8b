/**
 * Every code that a client can meet, with the HTTP status that carries it when the whole request is refused.
 * The list is closed: whatever is not a `GatewayError` leaves the house as `INTERNAL`.
 *
 * @see docs/errors.md
 */
export const ERROR_CODES = {
  BAD_REQUEST: 400,
  BAD_USER_INPUT: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_RESOLUTION_FAILURE: 400,
  // Clients that try stored queries first know this answer, and send the whole query next.
  PERSISTED_QUERY_NOT_SUPPORTED: 200,
  UNAUTHENTICATED: 401,
  CREDENTIAL_DISABLED: 401,
  FORBIDDEN: 403,
  REAUTHENTICATION_REQUIRED: 403,
  FEATURE_OFF: 403,
  ATTRIBUTE_FORBIDDEN: 200,
  MODULE_FORBIDDEN: 200,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 400,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What an error may carry to a client besides its code and message. Never a stored value. */
export interface ErrorDetails {
  readonly [key: string]: string | number | boolean | null | undefined | readonly unknown[];
}

/** An error whose code, message and details are safe to show to a client; its `cause` goes to the log only. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get status(): number {
    return ERROR_CODES[this.code];
  }
}

/** A problem that the person at the command line can mend: shown as its message alone, with exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /** @param details what `--json` tells besides the message */
  constructor(
    message: string,
    readonly details: object = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
