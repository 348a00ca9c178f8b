import type { AdminRole } from '../../src/admins/admin';
import { present } from './present';
import type { Answer, AnswerBody, TestGateway } from './gateway';

/** Asks as a signed-in admin, and expects HTTP status 200. */
export type AskAsAdmin = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<AnswerBody>;

/** A browser in which an admin is signed in, or may sign in. */
export interface AdminBrowser {
  readonly password: string;
  readonly email: string;
  /** The name and value of its session cookie; empty when it has none. */
  cookie(): string;
  /** Sends an operation as the admin UI does. */
  send(query: string, variables?: Readonly<Record<string, unknown>>, headers?: Record<string, string>): Promise<Answer>;
  /** Keeps what an answer says about cookies. */
  forget(): void;
}

const PASSWORD = 'hedgehog umbrella marzipan 42';

/** A browser without a session. */
export function browserAt(gateway: Pick<TestGateway, 'url' | 'fetch'>, email = '', password = PASSWORD): AdminBrowser {
  let cookie = '';
  return {
    email,
    password,
    cookie: () => cookie,
    forget: () => {
      cookie = '';
    },
    send: async (query, variables, headers = {}) => {
      const answer = await gateway.fetch('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: gateway.url,
          'x-fieldgate-client': 'admin',
          ...(cookie ? { cookie } : {}),
          ...headers,
        },
        body: JSON.stringify({ query, ...(variables ? { variables } : {}) }),
      });
      const set = answer.headers.get('set-cookie');
      if (set !== null) cookie = /^[^=]+=[^;]+/.exec(set)?.[0] ?? '';
      return answer;
    },
  };
}

/** Makes an admin and signs in. */
export async function adminBrowser(gateway: TestGateway, role: AdminRole, email?: string): Promise<AdminBrowser> {
  const address = email ?? `${role.toLowerCase()}-${Math.random().toString(36).slice(2)}@example.com`;
  const { value } = await gateway.house.adminManagement.create({ email: address, name: `The ${role}`, role }, PASSWORD);
  const browser = browserAt(gateway, present(value).email);
  await signIn(browser);
  return browser;
}

export async function signIn(browser: AdminBrowser, password = browser.password): Promise<Answer> {
  return browser.send(
    'mutation ($input: SignInInput!) { signIn(input: $input) { me { email } userErrors { code field } } }',
    {
      input: { email: browser.email, password },
    },
  );
}

export async function adminOf(gateway: TestGateway, role: AdminRole): Promise<AskAsAdmin> {
  const browser = await adminBrowser(gateway, role);
  return async (query, variables) => (await browser.send(query, variables)).body;
}
