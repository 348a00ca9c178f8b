import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../../src/config';
import type { Answer, TestGateway } from '../support/gateway';
import { present } from '../support/present';
import { startPlayground } from './started-playground';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startPlayground({ demo: false });
});

afterAll(() => gateway.close());

describe('the playground', () => {
  test('lets scripts and workers come as files of the gateway only, and nothing be sent elsewhere', async () => {
    const { status, headers, text } = await gateway.fetch('/playground');
    expect(status).toBe(200);
    const policy = Object.fromEntries(
      present(headers.get('content-security-policy'))
        .split('; ')
        .map((part) => [part.split(' ', 1)[0], part.slice(part.indexOf(' ') + 1)]),
    );
    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'worker-src': "'self'",
      'connect-src': "'self'",
      'frame-ancestors': "'none'",
    });
    expect(text.match(/<script\b[^>]*>[^<]/g)).toBeNull();
    expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  test('is on in development and off in production, unless it is said', () => {
    const isOn = (env: NodeJS.ProcessEnv) => readConfig(env).playground;
    expect(isOn({})).toBe(true);
    expect(isOn({ NODE_ENV: 'production' })).toBe(false);
    expect(isOn({ NODE_ENV: 'production', PLAYGROUND: 'on' })).toBe(true);
    expect(isOn({ PLAYGROUND: 'off' })).toBe(false);
    expect(() => readConfig({ PLAYGROUND: 'yes' })).toThrow('PLAYGROUND');
  });

  test('answers 404 at each of its addresses when it is off, and the admin UI does not lead to it', async () => {
    const script = present(/src="(\/playground\/assets\/[^"]+)"/.exec((await gateway.fetch('/playground')).text)?.[1]);
    expect((await gateway.fetch(script)).status).toBe(200);
    const off = await startPlayground({ demo: false, config: { playground: false } });
    for (const address of ['/playground', '/playground/guards.json', script]) {
      expect([address, (await off.fetch(address)).status]).toEqual([address, 404]);
    }
    expect((await off.fetch('/')).text).toContain('<meta name="playground" content="off"');
    expect((await gateway.fetch('/')).text).toContain('<meta name="playground" content="on"');
    await off.close();
  });
});

describe('the list of guards', () => {
  const guards = async () =>
    (await gateway.fetch('/playground/guards.json')).body as unknown as Record<string, unknown>;

  test('says what fields, arguments and inputs need', async () => {
    expect(await guards()).toMatchObject({
      'Employee.fixSalary': { kind: 'attributes', attributes: ['fixSalary'] },
      'Employee.customAttributes': { kind: 'customAttributes' },
      'Query.absences': { kind: 'root', audience: { module: { name: 'ABSENCES', action: 'read' } } },
      'EmployeeFilter.fixSalary': { kind: 'attributes', action: 'read', attributes: ['fixSalary'] },
      'EmployeeInput.fixSalary': { kind: 'attributes', action: 'write', attributes: ['fixSalary'] },
    });
  });

  test('holds nothing that is for admins', async () => {
    const text = JSON.stringify(await guards());
    expect(text).not.toContain('"admin"');
    expect(text).not.toMatch(/"(Query|Mutation)\.(me|credentials|createCredential|signIn|auditEvents)/);
  });
});

describe('the docs', () => {
  const folder = path.resolve(__dirname, '../../docs');
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.md') ? [path.basename(file, '.md')] : []));

  test('have a page for every file, listed on the first one', async () => {
    const { status, text } = await gateway.fetch('/docs');
    expect(status).toBe(200);
    for (const name of names) {
      expect(text).toContain(`href="/docs/${name}"`);
      const page = await gateway.fetch(`/docs/${name}`);
      expect([name, page.status]).toEqual([name, 200]);
      expect(page.text).not.toContain('&lt;!--');
    }
  });

  test('lead nowhere that is not there, and need no other host', async () => {
    const seen = new Map<string, Answer>();
    const get = async (address: string): Promise<Answer> => {
      const answer = seen.get(address) ?? (await gateway.fetch(address));
      seen.set(address, answer);
      return answer;
    };
    for (const name of names) {
      const { text } = await get(`/docs/${name}`);
      for (const [, target = ''] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
        const [address = '', anchor] = target.split('#');
        if (/^https?:/.test(address)) continue;
        const place = address || `/docs/${name}`;
        const there = await get(place);
        expect([name, target, there.status]).toEqual([name, target, 200]);
        if (anchor) expect([name, target, there.text.includes(` id="${anchor}"`)]).toEqual([name, target, true]);
      }
      expect(text).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
    }
  });

  test.each(['/docs/none', '/docs/../decisions.md', '/docs/decisions.md', '/docs/assets/none.js'])(
    'have nothing at %s',
    async (address) => {
      expect((await gateway.fetch(address)).status).toBe(404);
    },
  );
});
