import { newKeyRingText } from '../../../src/credentials/key-ring';
import type { TestDatabase, TestLocation } from '../../support/database';
import { grantsOf } from '../../support/gateway';
import { present } from '../../support/present';
import { Company, fuzzClock, openCompanyHouse, START, type Credentials, type FuzzClock, type Known } from './company';
import { ATTRIBUTES, type Policy } from './policy';
import { renameLonely, seed as store, seedCatalogue } from './seeding';
import { worldOf } from './world';

const PASSWORD = 'hedgehog umbrella marzipan 42';

/**
 * Two gateways with the same credentials, keys and clock, over databases that differ only in what the credential under test
 * may not read.
 */
export class Twins {
  private wasWritten = true;
  /** Whether the peer has the permissions that were given last. */
  private hasPeer = false;

  private constructor(
    readonly companies: readonly [Company, Company],
    readonly clock: FuzzClock,
    private readonly locations: readonly TestLocation[],
  ) {}

  static async open(database: TestDatabase): Promise<Twins> {
    const clock = fuzzClock();
    const keys = newKeyRingText();
    const first = await database.freshLocation();
    const house = await openCompanyHouse(first, keys, clock);
    const credentials = await makeCredentials(house);
    await seedCatalogue(house.store);
    await house.close();
    // A copy, so that ids, secrets and the catalogue are the same.
    const second = await database.copyOf(first);
    const open = (location: TestLocation) => openCompanyHouse(location, keys, clock);
    const houses = [await open(first), await open(second)] as const;
    await renameLonely(houses[1].store);
    const companies = [
      await Company.start(houses[0], await open(first), credentials),
      await Company.start(houses[1], await open(second), credentials),
    ] as const;
    return new Twins(companies, clock, [first, second]);
  }

  /** Draws both companies anew, and gives the credential these permissions. */
  async begin(seed: number, policy: Policy): Promise<void> {
    this.hasPeer = false;
    await Promise.all(
      this.companies.map(async (company, side) => {
        await company.setPolicy(policy);
        company.cursors.forget();
        await store(company.house.store, worldOf(seed, side === 0 ? 0 : 1, policy), this.wasWritten);
      }),
    );
    this.wasWritten = false;
  }

  /** Gives a second credential the same permissions. */
  async beginPeer(policy: Policy): Promise<void> {
    if (!this.hasPeer) await this.both((company) => company.setPolicy(policy, 'peer'));
    this.hasPeer = true;
  }

  /** To be told of every operation that may write. */
  noteWrite(): void {
    this.wasWritten = true;
  }

  both<Result>(act: (company: Company) => Promise<Result>): Promise<[Result, Result]> {
    const [one, other] = this.companies;
    return Promise.all([act(one), act(other)]);
  }

  setTime(seconds: number): void {
    this.clock.set(START + seconds * 1000);
  }

  async close(): Promise<void> {
    await this.both((company) => company.close());
    for (const location of this.locations) await location.remove();
  }
}

async function makeCredentials(house: Company['house']): Promise<Credentials> {
  const low = await makeCredential(house, 'Low', []);
  const peer = await makeCredential(house, 'Peer', []);
  const privileged = await makeCredential(house, 'Privileged', ATTRIBUTES);
  const { value } = await house.adminManagement.create(
    { email: 'owner@example.com', name: 'Owner', role: 'OWNER' },
    PASSWORD,
  );
  return { low, peer, privileged, admin: { email: present(value).email, password: PASSWORD } };
}

async function makeCredential(house: Company['house'], name: string, attributes: readonly string[]): Promise<Known> {
  const all = ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'] as const;
  const grants = grantsOf({ read: all, attributes });
  const draft = { name, denialMode: 'NULL_AND_ERROR', expiresAt: null, enabled: true, grants } as const;
  const { credential, secret } = await house.credentials.create(draft);
  return { id: credential.id, clientId: credential.clientId, secret };
}
