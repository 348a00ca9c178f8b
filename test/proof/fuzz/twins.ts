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
    const houses = [await openCompanyHouse(first, keys, clock), await openCompanyHouse(second, keys, clock)] as const;
    await renameLonely(houses[1].store);
    const companies = [
      await Company.start(houses[0], credentials),
      await Company.start(houses[1], credentials),
    ] as const;
    return new Twins(companies, clock, [first, second]);
  }

  /** Draws both companies anew, and gives the credential these permissions. */
  async begin(seed: number, policy: Policy): Promise<void> {
    await Promise.all(
      this.companies.map(async (company, side) => {
        await company.setPolicy(policy);
        await store(company.house.store, worldOf(seed, side === 0 ? 0 : 1, policy), this.wasWritten);
      }),
    );
    this.wasWritten = false;
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
  const privileged = await makeCredential(house, 'Privileged', ATTRIBUTES);
  const { value } = await house.adminManagement.create(
    { email: 'owner@example.com', name: 'Owner', role: 'OWNER' },
    PASSWORD,
  );
  return { low, privileged, admin: { email: present(value).email, password: PASSWORD } };
}

async function makeCredential(house: Company['house'], name: string, attributes: readonly string[]): Promise<Known> {
  const all = ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'] as const;
  const grants = grantsOf({ read: all, attributes });
  const draft = { name, denialMode: 'NULL_AND_ERROR', expiresAt: null, enabled: true, grants } as const;
  const { credential, secret } = await house.credentials.create(draft);
  return { id: credential.id, clientId: credential.clientId, secret };
}
