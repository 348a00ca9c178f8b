import { databases } from './support/database';
import { basic, startTestGateway, type Answer, type TestCredential, type TestGateway } from './support/gateway';

interface TokenBody {
  readonly access_token?: string;
  readonly token_type?: string;
  readonly expires_in?: number;
  readonly error?: string;
}

describe.each(databases)('the token endpoint on $name', (database) => {
  let gateway: TestGateway;
  let credential: TestCredential;

  beforeEach(async () => {
    gateway = await startTestGateway(database);
    credential = await gateway.credential({ attributes: ['firstName'] });
  });

  afterEach(() => gateway.close());

  const post = (
    path: string,
    form: Readonly<Record<string, string>> | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> =>
    gateway.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    });
  const token = (form: Readonly<Record<string, string>> | string, headers?: Readonly<Record<string, string>>) =>
    post('/oauth/token', form, headers);
  const bodyOf = ({ body }: Answer) => body as unknown as TokenBody;
  const GRANT = { grant_type: 'client_credentials' };

  test('gives a bearer token for client id and secret in the header or in the body (RFC 6749 4.4)', async () => {
    const { clientId, secret, authorization } = credential;
    const answers = [
      await token(GRANT, { authorization }),
      await token({ ...GRANT, client_id: clientId, client_secret: secret }),
      await token({ ...GRANT, client_id: clientId }, { authorization }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const { access_token: accessToken, token_type: type, expires_in: seconds } = bodyOf(answer);
      expect([type, seconds]).toEqual(['Bearer', 600]);
      expect(accessToken).toMatch(/^fgat_[0-9A-Za-z]{49}$/);
      const { body } = await gateway.query(`Bearer ${accessToken}`, '{ viewer { clientId } }');
      expect(body.data).toEqual({ viewer: { clientId } });
    }
  });

  test('a client id with NUL, which PostgreSQL cannot store, is unknown like any other', async () => {
    const id = `${credential.clientId}\0`;
    const asked = await token({ ...GRANT, client_id: id, client_secret: credential.secret });
    expect([asked.status, bodyOf(asked).error]).toEqual([401, 'invalid_client']);
    const { status, body } = await gateway.query(basic(id, credential.secret), '{ viewer { clientId } }');
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test.each<[name: string, form: Record<string, string> | string, status: number, error: string]>([
    ['no grant type', {}, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['a scope', { ...GRANT, scope: 'everything' }, 400, 'invalid_scope'],
    ['a repeated parameter', 'grant_type=client_credentials&grant_type=client_credentials', 400, 'invalid_request'],
    ['two ways of authentication at once', { ...GRANT, client_secret: 'fgcs_x' }, 400, 'invalid_request'],
    ['another client id beside the header', { ...GRANT, client_id: 'fgci_other' }, 400, 'invalid_request'],
  ])('%s is refused as RFC 6749 5.2 says', async (_name, form, status, error) => {
    const answer = await token(form, { authorization: credential.authorization });
    expect(answer.status).toBe(status);
    expect(bodyOf(answer).error).toBe(error);
  });

  test.each([
    ['JSON', 'application/json', '{"grant_type":"client_credentials"}'],
    ['plain text', 'text/plain', 'grant_type=client_credentials'],
    ['multipart', 'multipart/form-data; boundary=x', '--x--'],
  ])('%s is refused: the endpoint takes forms only', async (_name, type, body) => {
    const answer = await gateway.fetch('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': type, authorization: credential.authorization },
      body,
    });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).error).toBe('invalid_request');
  });

  test('unknown, wrong, disabled and expired answer the same bytes (S8)', async () => {
    const disabled = await gateway.credential({ enabled: false });
    const expired = await gateway.credential({ expiresAt: '2020-01-01T00:00:00.000Z' });
    const answers = [
      await token(GRANT, { authorization: basic('fgci_unknown', credential.secret) }),
      await token(GRANT, { authorization: basic(credential.clientId, 'fgcs_wrong') }),
      await token(GRANT, { authorization: disabled.authorization }),
      await token(GRANT, { authorization: expired.authorization }),
      await token({ ...GRANT, client_id: expired.clientId, client_secret: expired.secret }),
      await token(GRANT, { authorization: 'Basic !!!' }),
      await token(GRANT),
    ];
    const bytes = answers.map(({ status, headers, text }) => {
      const shown = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
      return JSON.stringify([status, shown, text]);
    });
    expect(new Set(bytes).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(answers[0]?.headers.get('www-authenticate')).toBe('Basic realm="fieldgate"');
  });

  test('who guesses is slowed down, and the right secret is never turned away', async () => {
    const guess = () => token(GRANT, { authorization: basic(credential.clientId, 'fgcs_wrong') });
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const refused = await guess();
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await token(GRANT, { authorization: credential.authorization })).status).toBe(200);
  });

  test('a revoked token is dead, and revoking what is nobody’s looks the same (RFC 7009)', async () => {
    const { authorization } = credential;
    const { access_token: accessToken = '' } = bodyOf(await token(GRANT, { authorization }));
    const stranger = await gateway.credential();
    expect(
      (await post('/oauth/revoke', { token: accessToken }, { authorization: stranger.authorization })).status,
    ).toBe(200);
    expect((await gateway.query(`Bearer ${accessToken}`, '{ viewer { name } }')).status).toBe(200);
    expect((await post('/oauth/revoke', { token: accessToken }, { authorization })).status).toBe(200);
    expect((await gateway.query(`Bearer ${accessToken}`, '{ viewer { name } }')).status).toBe(401);
    expect((await post('/oauth/revoke', { token: 'nothing' }, { authorization })).status).toBe(200);
    expect((await post('/oauth/revoke', {}, { authorization })).status).toBe(400);
    expect((await post('/oauth/revoke', { token: accessToken })).status).toBe(401);
  });

  test('its metadata says where everything is (RFC 8414)', async () => {
    const { status, body } = await gateway.fetch('/.well-known/oauth-authorization-server');
    expect(status).toBe(200);
    expect(body).toEqual({
      issuer: gateway.url,
      token_endpoint: `${gateway.url}/oauth/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      revocation_endpoint: `${gateway.url}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
    });
  });

  test('the store keeps no token: only what a token can be checked against (S6)', async () => {
    const { access_token: accessToken = '' } = bodyOf(await token(GRANT, { authorization: credential.authorization }));
    const rows = await gateway.house.store.write((manager) => manager.query('SELECT * FROM access_token'));
    expect(JSON.stringify(rows)).not.toContain(accessToken.slice(5));
    expect(rows).toHaveLength(1);
  });
});
