import { ERROR_CODES, type ErrorCode } from './errors';

/** What each code means to whoever meets it, in Markdown and in the order in which docs/errors.md lists them. */
const MEANINGS: Readonly<Record<ErrorCode, readonly [happened: string, remedy: string]>> = {
  ATTRIBUTE_FORBIDDEN: [
    "An attribute is not on the credential's list. With `coordinate`, `attribute`, `reason`, `link`",
    'Ask an admin for it, or leave it out',
  ],
  MODULE_FORBIDDEN: [
    "The credential lacks the module's box. With `coordinate`, `module`, `link`",
    'Ask an admin for it',
  ],
  UNAUTHENTICATED: ['No token or secret, or a wrong, expired or revoked one', 'Get a new token; check the secret'],
  CREDENTIAL_DISABLED: ['The credential is switched off or past its expiry', 'Ask an admin'],
  FORBIDDEN: ['The field is for somebody else, such as admins', 'Use what the schema offers to you'],
  FEATURE_OFF: [
    'The API-credentials section is switched off, or outside its days',
    'An OWNER opens it; see [feedback.md](feedback.md)',
  ],
  BAD_REQUEST: ['The request is no GraphQL request', 'Send `{"query": "…"}` as JSON'],
  BAD_USER_INPUT: ['A variable or argument cannot be used. With `argument` or `field` where there is one', 'Mend it'],
  GRAPHQL_PARSE_FAILED: ["The operation's text is no GraphQL, or has too many tokens", 'Mend it'],
  GRAPHQL_VALIDATION_FAILED: ['The operation does not fit the schema', 'Compare it with `schema.graphql`'],
  OPERATION_RESOLUTION_FAILURE: ['Which operation of the document is meant is not clear', 'Send `operationName`'],
  PERSISTED_QUERY_NOT_SUPPORTED: [
    'The client asked for a stored query',
    'Send the whole query; clients do so themselves',
  ],
  REAUTHENTICATION_REQUIRED: [
    'The act needs a password that was shown within five minutes',
    'Call `reauthenticate`, and try again',
  ],
  NOT_FOUND: ['There is nothing at this address, or by this name', 'Check it'],
  METHOD_NOT_ALLOWED: ['The address takes another method. With the `Allow` header', 'Use that one'],
  CONFLICT: [
    'A version was overtaken, a value that must be unique is taken, or an idempotency key came with another input. With `field` or `reason` where that may be told',
    'Read the record again; choose another value or key',
  ],
  LIMIT_EXCEEDED: [
    'The operation is larger than any may be. With `limit` and `most`',
    'Ask for less at once; see [limits.md](limits.md)',
  ],
  PAYLOAD_TOO_LARGE: ['The body is larger than 1 MiB', 'Send less at once'],
  UNSUPPORTED_MEDIA_TYPE: ['The body is not `application/json`', 'Set the `Content-Type`'],
  RATE_LIMITED: ['Too much at once. With the `Retry-After` header', 'Wait that many seconds'],
  INTERNAL: ['A fault of the gateway. With `requestId`', 'Look the request id up in the log'],
  UNAVAILABLE: [
    'The store cannot be used at the moment, or permissions are changing',
    'Try again; with `written: true`, read it first',
  ],
};

/** The table of all codes, in Markdown. */
export function errorTable(): string {
  const rows = Object.entries(MEANINGS).map(([code, [happened, remedy]]) => [
    `\`${code}\``,
    String(ERROR_CODES[code as ErrorCode]),
    happened,
    remedy,
  ]);
  return table([['code', 'status', 'what happened', 'what to do'], ...rows]);
}

/** Cells in columns as wide as what they hold, as Prettier would set them. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
