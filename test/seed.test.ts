import { runCommand } from './support/command';
import { adminBrowser, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { basic, startTestGateway, type AnswerBody, type TestGateway } from './support/gateway';
import { employees, list, Managing, type Made } from './support/managing';
import { present } from './support/present';

// Personio's management of API credentials of June 2021, which the product is modelled on: each of its rows, over HTTP.
describe.each(databases)('the management of credentials, row by row, on $name', (database) => {
  let gateway: TestGateway;
  let owner: AdminBrowser;
  let managing: Managing;
  let made: Made;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    owner = await adminBrowser(gateway, 'OWNER');
    managing = new Managing(owner);
    made = await managing.reader('Badge printer', ['firstName', 'lastName']);
  });

  afterAll(() => gateway.close());

  const ask = async (query: string, variables?: Readonly<Record<string, unknown>>): Promise<AnswerBody> =>
    (await owner.send(query, variables)).body;
  const as = (who: Made, query: string) => gateway.query(basic(who.clientId, who.secret), query);
  const names = async (args: string) => {
    const { data } = await ask(`{ credentials(${args}) { nodes { name } } }`);
    return (data.credentials.nodes as { name: string }[]).map(({ name }) => name);
  };

  test('section in the settings: admins reach it with a session, and no shared key and no credential does', async () => {
    expect(await names('first: 10')).toContain('Badge printer');
    const query = '{ credentials { nodes { name } } }';
    expect((await as(made, query)).body.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await gateway.query(undefined, query)).status).toBe(401);
  });

  test('overview: every credential, without limit, found and ordered by its name, with its status and last use', async () => {
    const more = Array.from({ length: 30 }, (_, at) => managing.reader(`Overview ${at + 10}`));
    await Promise.all(more);
    const { data } = await ask('{ credentials(first: 5) { totalCount nodes { name status lastUsedAt } } }');
    expect(data.credentials.totalCount).toBe(34);
    expect(await names('search: "overview", first: 2, orderBy: { field: NAME, direction: DESC }')).toEqual([
      'Overview 39',
      'Overview 38',
    ]);
    expect(await names('filter: { status: [DISABLED] }')).toHaveLength(1);
  });

  test('drawer with the details: one credential by its id, with all that may be shown', async () => {
    expect(await managing.credential(made.id)).toMatchObject({ name: 'Badge printer', clientId: made.clientId });
    expect(JSON.stringify(await managing.credential(made.id))).not.toContain(made.secret);
    expect(await managing.credential('nobody')).toBeNull();
  });

  test('entering and updating values: name, description, owner, purpose and expiry', async () => {
    const { version } = present(await managing.credential(made.id));
    const input = { version, description: 'At the gate', ownerContact: 'it@example.com', purpose: 'Badges' };
    const { credential, userErrors } = await managing.update(made.id, input);
    expect([userErrors, credential?.description]).toEqual([[], 'At the gate']);
    const stale = await managing.update(made.id, { version, description: 'Late' });
    expect(stale.userErrors).toContainEqual({ field: ['description'], code: 'STALE' });
  });

  test.each(['Badge printer', '  badge PRINTER '])('unique name: "%s" is told at the field', async (name) => {
    const { credential, userErrors } = await managing.create({ name, grants: list([]) });
    expect([credential, userErrors]).toEqual([null, [{ field: ['name'], code: 'TAKEN' }]]);
  });

  test('optional integration: may be named, recommends, and triggers nothing', async () => {
    const { data } = await ask('{ integrations(search: "datev") { id recommendedAttributes } }');
    const [integration] = data.integrations as { id: string; recommendedAttributes: string[] }[];
    expect(integration?.recommendedAttributes).toContain('lastName');
    const { credential } = await managing.create({
      name: 'To the tax adviser',
      integrationId: integration?.id,
      grants: list(['firstName']),
    });
    expect(credential?.attributes.map(({ attribute }) => attribute.key)).toEqual(['firstName']);
  });

  test('client id and secret are generated, and the secret can be copied again, which is on record', async () => {
    expect([made.clientId, made.secret]).toEqual([
      expect.stringMatching(/^fgci_[0-9A-Za-z]{22}$/),
      expect.stringMatching(/^fgcs_[0-9A-Za-z]{49}$/),
    ]);
    expect((await managing.reveal(made.id)).body.data.revealCredentialSecret.clientSecret).toBe(made.secret);
    const { data } = await ask(
      '{ auditEvents(filter: { actions: [SECRET_REVEALED] }) { nodes { subject { name } } } }',
    );
    expect(data.auditEvents.nodes).toEqual([{ subject: { name: 'Badge printer' } }]);
  });

  test('enabled by default, and switched off for the very next request', async () => {
    const status = async () => (await as(made, '{ viewer { name } }')).status;
    expect([made.enabled, await status()]).toEqual([true, 200]);
    await managing.onOne('disableCredential', made.id);
    expect(await status()).toBe(401);
    await managing.onOne('enableCredential', made.id);
    expect(await status()).toBe(200);
  });

  test('permissions by boxes: what is not ticked is denied', async () => {
    const query = '{ absences(first: 1) { nodes { id } } employees(first: 1) { nodes { firstName } } }';
    const { body } = await as(made, query);
    expect(body.data).toMatchObject({ absences: null, employees: { nodes: [{ firstName: expect.any(String) }] } });
    expect(body.errors).toMatchObject([{ extensions: { code: 'MODULE_FORBIDDEN' } }]);
  });

  test('employee attributes are selected from the catalogue, custom ones among them, and the others are denied', async () => {
    const { data } = await ask('{ catalogue { key category sensitivity label { en de } } }');
    const keys = (data.catalogue as { key: string }[]).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['fixSalary', 'custom.shirtSize']));
    const { body } = await as(made, '{ employees(first: 2) { nodes { firstName fixSalary { amount } } } }');
    expect(body.data.employees.nodes).toEqual([
      { firstName: expect.any(String), fixSalary: null },
      { firstName: expect.any(String), fixSalary: null },
    ]);
    expect(body.errors).toMatchObject([{ extensions: { code: 'ATTRIBUTE_FORBIDDEN', attribute: 'fixSalary' } }]);
  });

  test('one list for reading and writing, unless they are told apart', async () => {
    const both = await managing.create({ name: 'One list', grants: list(['firstName'], true) });
    expect(both.credential?.attributes).toMatchObject([{ read: true, write: true }]);
    const apart = await managing.create({
      name: 'Two lists',
      grants: { modules: [employees(true, true)], read: ['firstName'], write: ['lastName'] },
    });
    expect(apart.credential).toMatchObject({
      separateDirections: true,
      attributes: [
        { attribute: { key: 'firstName' }, read: true, write: false },
        { attribute: { key: 'lastName' }, read: false, write: true },
      ],
    });
  });

  test('many credentials, each with its own permissions: rotation with overlap, expiry, and a record of it', async () => {
    const other = await managing.reader('Directory', ['email']);
    const seen = async (who: Made) => {
      const { body } = await as(who, '{ employees(first: 1) { nodes { firstName email } } }');
      return body.errors?.map(({ extensions }) => extensions['attribute']);
    };
    expect([await seen(made), await seen(other)]).toEqual([['email'], ['firstName']]);
    const { clientSecret } = await managing.rotate(other.id, 'ONE_DAY');
    expect((await as(other, '{ viewer { name } }')).status).toBe(200);
    expect((await as({ ...other, secret: present(clientSecret) }, '{ viewer { name } }')).status).toBe(200);
    const { data } = await ask('{ auditEvents(filter: { actions: [SECRET_ROTATED] }) { totalCount } }');
    expect(data.auditEvents.totalCount).toBe(1);
  });

  test('feedback can be given more than once, and exported', async () => {
    for (const message of ['First', 'Second']) {
      await ask('mutation ($m: String!) { submitFeedback(input: { message: $m }) { userErrors { code } } }', {
        m: message,
      });
    }
    const { stdout } = await runCommand(gateway.house.config, ['feedback', 'export', '-']);
    expect(stdout).toMatch(/First[^]*Second/);
  });

  test('the functionality is switched on for weeks: outside of them the whole section answers FEATURE_OFF', async () => {
    const set = (input: string) => ask(`mutation { setFeature(input: ${input}) { userErrors { code } } }`);
    await set('{ enabled: true, startsOn: "2021-06-01", endsOn: "2021-07-31" }');
    expect((await ask('{ credentials { totalCount } }')).errors).toMatchObject([
      { extensions: { code: 'FEATURE_OFF' } },
    ]);
    expect((await as(made, '{ viewer { name } }')).status).toBe(200);
    await set('{ enabled: true }');
    expect(await names('first: 1')).toHaveLength(1);
  });
});
