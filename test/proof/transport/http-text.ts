import type { Choices } from '../fuzz/choices';
import { drawForm, drawJson, SENT_MARK, worsened } from './bodies';

/** What a client sends over a connection, byte for byte, right or not. */
export interface HttpText {
  readonly bytes: Buffer;
  /** Whether the client goes away in the middle of its request. */
  readonly isCutOff: boolean;
  readonly isHead: boolean;
}

export interface Proofs {
  readonly basic: string;
  readonly bearer: string;
  /** Client id and secret as a form. */
  readonly form: string;
}

const METHODS = [
  'GET',
  'HEAD',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PATCH',
  'PROPFIND',
  'post',
  'P OST',
  'PO\u0000ST',
  '',
  'X'.repeat(9_000),
];
const TARGETS = [
  ...[
    '/',
    '*',
    '',
    '/oauth/revoke',
    '/oauth/token?client_secret=x',
    '/contract',
    '/health/ready',
    '/playground',
    '/docs',
    '/nothing',
  ],
  ...[
    '/graphql?query={viewer{name}}',
    '/graphql?query=%7B%ff',
    '/graphql/',
    '//graphql',
    '/graphql%00',
    '/%',
    '/%c0%ae%c0%ae/',
    '/graphql#a',
  ],
  ...[
    '/docs/../../../../etc/passwd',
    '/docs/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/keys.json',
    '/..\\..\\keys.json',
    '/.well-known/oauth-authorization-server',
  ],
  ...[
    'http://127.0.0.1/graphql',
    'http://[::1',
    'x:y',
    `/${'a'.repeat(20_000)}`,
    '/graphql HTTP/1.1 X',
    '/\u0001',
    '/ü',
    '/__proto__',
    '/constructor',
  ],
  ...['/auth/callback?code=a&state=b', '/sign-on', '/setup', '/settings/credentials/a'],
];
const VERSIONS = ['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.2', 'HTTP/11', 'http/1.1', 'HTCPCP/1.0', ''];
const TYPES = [
  ...[
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json;',
    'application/graphql',
    'text/plain',
    'application/graphql-response+json',
  ],
  ...[
    'multipart/form-data; boundary=a',
    'application/x-www-form-urlencoded; charset=x',
    'application/json, text/html',
    '\u0000',
    'a'.repeat(5_000),
    '',
  ],
];
const ODD_HEADERS = [
  ...[
    'expect: 100-continue',
    'expect: 200-ok',
    'upgrade: websocket',
    'upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA',
    'connection: upgrade',
    'connection: close, close',
    'te: trailers',
    'trailer: authorization',
  ],
  ...[
    'host: a\r\nhost: b',
    'host: ',
    ' host: folded',
    'no colon',
    ': no name',
    'na me: a',
    'x\u0000: a',
    'x: a\u0000b',
    'x: a\rb',
    'x: ü',
    `x: ${'y'.repeat(20_000)}`,
  ],
  ...[
    'content-encoding: gzip',
    'accept-encoding: br;q=9',
    'accept: ;;;',
    'accept: application/xml',
    'range: bytes=9-1',
    'if-none-match: *',
    'x-forwarded-for: 1.2.3.4, ::1, x',
    'forwarded: for="_"',
    'origin: null',
    'sec-fetch-site: cross-site',
  ],
  ...[
    'cookie: fieldgate=a; fieldgate=b; =; ;;',
    `cookie: __Host-sid=${SENT_MARK}`,
    'cookie: sid=a',
    'x-fieldgate-client: admin',
    'x-fieldgate-cost: 1',
    `idempotency-key: ${'k'.repeat(3_000)}`,
    'idempotency-key: a\r\nidempotency-key: b',
    'x-request-id: \u0007',
  ],
  ...[
    'transfer-encoding: chunked',
    'transfer-encoding: gzip, chunked',
    'transfer-encoding: chunked, identity',
    'transfer-encoding : chunked',
    'content-length: 0',
    'content-length: -1',
    'content-length: 1e3',
    'content-length: 5, 5',
    'content-length: 99999999999999999999',
    'content-length: 2000000',
  ],
  Array.from({ length: 150 }, (_, at) => `x-${at}: ${at}`).join('\r\n'),
  Array.from({ length: 3_000 }, (_, at) => `x-${at}: ${at}`).join('\r\n'),
];
const AUTHORIZATIONS = [
  ...[
    'Basic',
    'Basic ',
    'Basic !!!',
    'Basic OjpA',
    'Basic AA==',
    'Bearer',
    'Bearer a b',
    `Bearer fgat_${'0'.repeat(49)}`,
    'Digest a="b"',
    'Basic \u00ff',
    `Bearer ${'a'.repeat(9_000)}`,
  ],
  `Bearer ${SENT_MARK}`,
  `Basic ${Buffer.from(`fgci_${'1'.repeat(22)}:${SENT_MARK}`).toString('base64')}`,
];

/** A request to any address, of which up to everything is wrong. */
export function drawHttp(choices: Choices, proofs: Proofs): HttpText {
  const isToken = choices.chance(25);
  const body = Buffer.from(isToken ? drawForm(choices, proofs.form) : drawJson(choices));
  const method = choices.chance(20) ? choices.pick(METHODS) : 'POST';
  const target = choices.chance(25) ? choices.pick(TARGETS) : isToken ? '/oauth/token' : '/graphql';
  const version = choices.chance(8) ? choices.pick(VERSIONS) : 'HTTP/1.1';
  const { headers, sent } = framed(choices, body);
  const lines = [
    `${method} ${target} ${version}`,
    'host: 127.0.0.1',
    ...headers,
    ...about(choices, isToken, proofs),
    ...choices.list(1, () => choices.pick(ODD_HEADERS)),
  ];
  const end = choices.chance(5) ? choices.pick(['\n', '\r', '\n\r']) : '\r\n';
  const head = `${lines.join(end)}${end}${end}`;
  const whole = Buffer.concat([
    Buffer.from(choices.chance(10) ? worsened(choices, head, /([\w-]+|\s|.)/g, NOISE) : head, 'latin1'),
    sent,
  ]);
  const followed = choices.chance(10) ? Buffer.concat([whole, whole]) : whole;
  const isCutOff = choices.chance(10);
  return {
    bytes: isCutOff ? followed.subarray(0, choices.number(followed.length + 1)) : followed,
    isCutOff,
    isHead: method === 'HEAD',
  };
}

const NOISE = ['\r\n', '\n', '\r', ' ', '\t', ':', '\u0000', '\u00ff', ',', ';', 'HTTP/1.1', '\r\n\r\n', 'chunked'];

/** What says how long the body is: mostly the truth. */
function framed(choices: Choices, body: Buffer): { readonly headers: readonly string[]; readonly sent: Buffer } {
  const length = `content-length: ${body.length}`;
  if (choices.chance(70)) return { headers: [length], sent: body };
  const sizes = [
    body.length.toString(16),
    '-1',
    'g',
    'ffffffffffffffff',
    '0',
    `${body.length.toString(16)};a="${'b'.repeat(50)}"`,
  ];
  const size = choices.chance(50) ? (sizes[0] ?? '') : choices.pick(sizes);
  const chunked = Buffer.concat([
    Buffer.from(`${size}\r\n`),
    body,
    Buffer.from(choices.pick(['\r\n0\r\n\r\n', '\r\n0\r\nx: y\r\n\r\n', '', '0'])),
  ]);
  const kinds = [
    { headers: ['transfer-encoding: chunked'], sent: chunked },
    { headers: ['transfer-encoding: chunked', length], sent: chunked },
    { headers: [`content-length: ${body.length + 1 + choices.number(9)}`], sent: body },
    { headers: [`content-length: ${choices.number(body.length + 1)}`], sent: body },
    { headers: [length, `content-length: ${body.length + 1}`], sent: body },
    { headers: [], sent: body },
    { headers: ['content-length: 1200000'], sent: Buffer.alloc(1_200_000, ' ') },
    { headers: [length], sent: Buffer.from(body.map((byte) => byte ^ (choices.chance(3) ? 0x80 : 0))) },
  ];
  return choices.pick(kinds);
}

function about(choices: Choices, isToken: boolean, { basic, bearer }: Proofs): string[] {
  const right = isToken ? 'application/x-www-form-urlencoded' : 'application/json';
  const authorization = choices.chance(25) ? choices.pick(AUTHORIZATIONS) : choices.pick([basic, bearer]);
  return [
    `content-type: ${choices.chance(15) ? choices.pick(TYPES) : right}`,
    ...(choices.chance(isToken ? 50 : 10) ? [] : [`authorization: ${authorization}`]),
  ];
}
