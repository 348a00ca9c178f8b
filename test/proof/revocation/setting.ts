import { adminBrowser, browserAt, signIn } from '../../support/admin';
import type { TestDatabase } from '../../support/database';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { Managing } from '../../support/managing';
import { GatewayProcess } from '../gateway-process';

/** A store with people in it, an admin, and as many gateway processes as wanted. */
export class Setting {
  private processes: GatewayProcess[] = [];

  private constructor(
    private readonly gateway: TestGateway,
    private readonly admin: { readonly email: string; readonly password: string },
  ) {}

  static async open(database: TestDatabase): Promise<Setting> {
    // Only to fill the store and to make the admin: the races are run against processes of their own.
    const gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 0 } });
    const { email, password } = await adminBrowser(gateway, 'OWNER');
    return new Setting(gateway, { email, password });
  }

  /** The addresses of `count` gateways. */
  async urls(count: number): Promise<string[]> {
    const { dataDir, databaseUrl } = this.gateway.house.config;
    while (this.processes.length < count) this.processes.push(await GatewayProcess.start({ dataDir, databaseUrl }));
    return this.processes.slice(0, count).map(({ url }) => url);
  }

  /** An admin who is signed in at one of them. */
  async managing(url: string): Promise<Managing> {
    const at: TestGateway = { ...this.gateway, url, fetch: (path, init) => fetchFrom(url + path, init) };
    const browser = browserAt(at, this.admin.email, this.admin.password);
    const { status } = await signIn(browser);
    if (status !== 200 || browser.cookie() === '') throw new Error('The admin could not sign in.');
    return new Managing(browser);
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await this.gateway.close();
  }
}

async function fetchFrom(url: string, init?: RequestInit): ReturnType<TestGateway['fetch']> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as object };
}
