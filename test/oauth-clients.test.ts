import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';

interface Told {
  /** The statuses of requests with a token. */
  readonly uses: readonly number[];
  /** The status of the answer to a wrong secret. */
  readonly refused: number;
}

describe.each(databases)('published OAuth clients on $name', (database) => {
  let gateway: TestGateway;
  let credential: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database);
    credential = await gateway.credential();
  });

  afterAll(() => gateway.close());

  // Programs of their own, because Jest cannot load ES modules unmodified.
  const told = async (program: string): Promise<Told> => {
    const file = path.join(__dirname, 'oauth-clients', `${program}.mjs`);
    const { stdout } = await promisify(execFile)(process.execPath, [
      file,
      gateway.url,
      credential.clientId,
      credential.secret,
    ]);
    return JSON.parse(stdout) as Told;
  };

  test('oauth4webapi, unmodified, gets, uses and revokes tokens, by Basic and by body', async () => {
    expect(await told('oauth4webapi')).toEqual({ uses: [200, 200, 401, 401], refused: 401 });
  });

  test('openid-client, unmodified, gets, uses and revokes tokens, by Basic and by body', async () => {
    expect(await told('openid-client')).toEqual({ uses: [200, 401, 200, 401], refused: 401 });
  });
});
