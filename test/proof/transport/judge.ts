import { ERROR_CODES } from '../../../src/errors';

const OAUTH_CODES: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'unsupported_grant_type',
  'invalid_scope',
  'slow_down',
]);
/** Node's own refusal of an expectation, which has no body. */
const EXPECTATION_FAILED = 417;

/** @param marks what no answer may hold @returns what is wrong with an answer */
export function faultsOf(status: number, body: string, marks: readonly string[]): string[] {
  const faults = marks.filter((mark) => body.includes(mark)).map((mark) => `leaks ${mark}`);
  if (status >= 500) return [...faults, 'is a failure of ours'];
  if (status < 400 || status === EXPECTATION_FAILED) return faults;
  const code = codeOf(body);
  const isDeclared = code !== undefined && (Object.hasOwn(ERROR_CODES, code) || OAUTH_CODES.has(code));
  const isOurs = code === 'INTERNAL' || code === 'UNAVAILABLE';
  return isDeclared && !isOurs ? faults : [...faults, `has the code ${code ?? 'none'}`];
}

/** The same for what came over a bare connection: several answers, or none. */
export function faultsOfReply(reply: string, isHead: boolean, marks: readonly string[]): string[] {
  const statuses = [...reply.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
  const final = reply.replace(/^(?:HTTP\/1\.1 1\d\d [^]*?\r\n\r\n)+/, '');
  const [head = '', ...rest] = final.split('\r\n\r\n');
  if (final === '') return [];
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  if (Number.isNaN(status)) return ['is no HTTP'];
  const length = /^content-length: (\d+)\r?$/im.exec(head)?.[1];
  const body = Buffer.from(
    rest.join('\r\n\r\n').slice(0, length === undefined ? undefined : Number(length)),
    'latin1',
  ).toString();
  return [
    ...faultsOf(status, isHead ? BODY_OF_HEAD : body, marks),
    ...statuses.filter((one) => one >= 500).map((one) => `has status ${one}`),
    ...marks.filter((mark) => reply.includes(mark)).map((mark) => `leaks ${mark}`),
  ];
}

/** Stands for what an answer to HEAD does not have. */
const BODY_OF_HEAD = '{"error":"invalid_request"}';

function codeOf(body: string): string | undefined {
  try {
    const { errors, error } = JSON.parse(body) as { errors?: { extensions?: { code?: string } }[]; error?: string };
    return error ?? errors?.[0]?.extensions?.code;
  } catch {
    return undefined;
  }
}
