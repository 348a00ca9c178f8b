import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { present } from './present';

/** What the provider does wrong, or says about the person, the next time. */
export interface Behaviour {
  /** Who signs in there. */
  subject: string;
  /** Claims of the ID token that differ from what is right; undefined leaves one out. */
  claims: Record<string, unknown>;
  /** Parameters of the way back that differ from what is right. */
  answer: Record<string, string>;
  /** Whether the signature is that of another key. */
  isForged: boolean;
}

/** An OpenID Connect provider on this machine. It asks nobody anything: whoever comes is `subject`. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly behaviour: Behaviour;
  /** The parameters of the last request to sign in. */
  lastAsked(): URLSearchParams;
  close(): Promise<void>;
}

interface Code {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly at: number;
}

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 });

export async function startIdentityProvider(): Promise<TestProvider> {
  const behaviour: Behaviour = { subject: 'ada-17', claims: {}, answer: {}, isForged: false };
  const codes = new Map<string, Code>();
  const [clientId, clientSecret] = ['fieldgate', randomBytes(16).toString('hex')];
  let asked = new URLSearchParams();
  let issuer = '';

  const authorize = (url: URL, response: ServerResponse) => {
    asked = url.searchParams;
    const code = randomBytes(16).toString('hex');
    const redirectUri = present(asked.get('redirect_uri'));
    codes.set(code, {
      challenge: asked.get('code_challenge') ?? '',
      nonce: asked.get('nonce') ?? '',
      redirectUri,
      at: Math.floor(Date.now() / 1000),
    });
    const back = new URL(redirectUri);
    const answer = { code, state: asked.get('state') ?? '', iss: issuer, ...behaviour.answer };
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
    if ('error' in answer) back.searchParams.delete('code');
    response.writeHead(302, { location: back.href }).end();
  };

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await bodyOf(request));
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      code?.challenge === challenge &&
      code.redirectUri === form.get('redirect_uri') &&
      form.get('client_id') === clientId &&
      form.get('client_secret') === clientSecret;
    if (!isRight) {
      sendJson(response, 400, { error: 'invalid_grant' });
      return;
    }
    const claims = {
      iss: issuer,
      sub: behaviour.subject,
      aud: clientId,
      iat: code.at,
      exp: code.at + 300,
      nonce: code.nonce,
      auth_time: code.at,
      ...behaviour.claims,
    };
    sendJson(response, 200, {
      access_token: randomBytes(16).toString('hex'),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: signed(claims, behaviour.isForged),
    });
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/.well-known/openid-configuration') return sendJson(response, 200, metadataOf(issuer));
    if (url.pathname === '/jwks') {
      const jwk = { ...KEY.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };
      return sendJson(response, 200, { keys: [jwk] });
    }
    if (url.pathname === '/authorize') return authorize(url, response);
    return void token(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    get issuer() {
      return issuer;
    },
    clientId,
    clientSecret,
    behaviour,
    lastAsked: () => asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function metadataOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    authorization_response_iss_parameter_supported: true,
  };
}

// RFC 7515, by hand: what is tested must not check itself.
function signed(claims: object, isForged: boolean): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
  const { privateKey } = isForged ? OTHER_KEY : KEY;
  return `${input}.${createSign('sha256').update(input).sign(privateKey, 'base64url')}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
