import { startAdminUi, type AdminUi } from './started-ui';

let ui: AdminUi;

beforeAll(async () => {
  ui = await startAdminUi();
});

afterAll(() => ui.close());

const get = (path: string, headers: Readonly<Record<string, string>> = {}) => fetch(ui.url + path, { headers });

describe('the page', () => {
  test.each([
    '/',
    '/sign-in',
    '/setup',
    '/settings',
    '/settings/credentials/new',
    '/usage',
    '/record',
    '/person',
    '/audit-log',
    '/account',
  ])('is there at %s, and kept nowhere', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('lets scripts come as files only, and styles with a nonce that no other answer has', async () => {
    const [one, other] = await Promise.all([get('/'), get('/')]);
    const policy = one.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(await one.text()).toContain(`nonce="${nonce}"`);
    expect(other.headers.get('content-security-policy')).not.toBe(policy);
  });

  test('holds no script of its own and no data', async () => {
    const page = await (await get('/settings/credentials')).text();
    expect(page.match(/<script\b[^>]*>[^<]/g)).toBeNull();
    expect(page).not.toMatch(/fgc[is]_/);
    expect(page).not.toContain('__CSP_NONCE__');
  });
});

describe('its assets', () => {
  const script = async () => /src="(\/assets\/[^"]+\.js)"/.exec(await (await get('/')).text())?.[1] ?? '';

  test('are kept for ever, by names that say what is in them', async () => {
    const response = await get(await script());
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('are sent compressed to whoever understands it', async () => {
    const response = await get(await script(), { 'accept-encoding': 'br' });
    expect(response.headers.get('content-encoding')).toBe('br');
  });

  test.each(['/assets/none.js', '/assets/../index.html', '/assets/%2e%2e/index.html', '/.vite/manifest.json'])(
    'does not include %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

test('an address that nobody serves stays unknown', async () => {
  const response = await get('/no-such-page');
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('application/json');
});
