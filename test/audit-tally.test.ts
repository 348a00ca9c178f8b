import { setTimeout } from 'node:timers/promises';
import { AuditTallyEntity } from '../src/audit/audit-tally.entity';
import { openHouse, startGateway, type House } from '../src/app';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';

describe.each(databases)('what happens often, in the audit log on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;
  let time: string;
  const clock = { now: () => time };
  const opened: House[] = [];

  beforeEach(async () => {
    time = '2026-03-10T12:59:59.000Z';
    gateway = await startTestGateway(database, { clock, demo: true });
    reader = await gateway.credential({ name: 'Badge printer', attributes: ['firstName'] });
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((house) => house.close()));
    await gateway.close();
  });

  const token = async () => {
    const { body } = await gateway.fetch('/oauth/token', {
      method: 'POST',
      headers: { authorization: reader.authorization },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(body).toHaveProperty('access_token');
  };
  const denied = () =>
    gateway.query(
      reader,
      '{ employees(first: 3) { nodes { a: hireDate hireDate customAttributes(keys: ["nobodyKnowsThis"]) { key } } } }',
    );
  const told = async (house: House) => {
    const actions = ['TOKENS_ISSUED', 'ATTRIBUTE_DENIED'] as const;
    return (await house.audit.page({ actions }, undefined, 100)).items;
  };
  /** Processes that start over the same store, at this moment. */
  const started = async (processes: number) => {
    const { config } = gateway.house;
    await gateway.stop();
    const houses = await Promise.all(Array.from({ length: processes }, () => openHouse(config, clock)));
    const gateways = await Promise.all(houses.map((house) => startGateway(house)));
    await Promise.all(gateways.map((one) => one.close()));
    const house = await openHouse(config, clock);
    opened.push(house);
    return house;
  };

  test('is told once the hour is over, with its count, by whichever process comes first (S10)', async () => {
    await Promise.all([denied(), denied(), denied(), token(), token()]);
    time = '2026-03-10T13:00:00.000Z';
    await denied();
    const house = await started(3);
    const about = (action: string, subject: string | null, count: number) => ({
      action,
      actor: { kind: 'CREDENTIAL', name: 'Badge printer' },
      subject: subject === null ? null : { kind: 'ATTRIBUTE', id: subject },
      after: { hour: '2026-03-10T12:00:00.000Z' },
      count,
    });
    expect(await told(house)).toMatchObject([
      about('TOKENS_ISSUED', null, 2),
      about('ATTRIBUTE_DENIED', 'hireDate', 3),
    ]);
    expect((await house.audit.verify()).outcome).toBe('WHOLE');
    time = '2026-03-10T14:00:00.000Z';
    const later = await started(2);
    expect((await told(later))[0]).toMatchObject({ count: 1, after: { hour: '2026-03-10T13:00:00.000Z' } });
    expect(await told(later)).toHaveLength(3);
  });

  test('is not told within the hour, and what was added up outlives the process', async () => {
    await denied();
    const house = await started(1);
    expect(await told(house)).toEqual([]);
    time = '2026-03-11T00:00:00.000Z';
    expect(await told(await started(1))).toHaveLength(1);
  });

  test('of many credentials is told a few at a time, so that a change of access does not wait for all of it', async () => {
    const { store, usage, audit, credentials } = gateway.house;
    const tallies = Array.from({ length: 1_500 }, (_, index) => ({
      hour: '2026-03-10T12:00:00.000Z',
      credentialId: `credential ${index}`,
      action: 'TOKENS_ISSUED' as const,
      attributeKey: '',
      count: 1,
    }));
    for (const some of [tallies.slice(0, 750), tallies.slice(750)])
      await store.write((manager) => manager.insert(AuditTallyEntity, some));
    time = '2026-03-10T13:00:00.000Z';
    const telling = usage.tellHours();
    // It has begun by then, and takes much longer.
    await setTimeout(20);
    await credentials.setEnabled(reader.clientId, false);
    const toldMeanwhile = await audit.count({ actions: ['TOKENS_ISSUED'] });
    await telling;
    expect(toldMeanwhile).toBeLessThan(tallies.length);
    expect(await audit.count({ actions: ['TOKENS_ISSUED'] })).toBe(tallies.length);
    expect((await audit.verify()).outcome).toBe('WHOLE');
  });
});
