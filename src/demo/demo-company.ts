import type { House } from '../app';
import { nameKey, type CredentialDraft } from '../credentials/credential';
import { UsageError } from '../errors';
import { DEMO_CREDENTIALS } from './credentials';
import { CUSTOM_ATTRIBUTES } from './custom';
import { insertCompany, isStoreEmpty } from './demo.store';
import { DEPARTMENTS, OFFICES } from './organization';
import { demoPeople } from './people';

/** A credential of the demo company with its secret, to be shown once and kept nowhere. */
export interface DemoCredential {
  readonly name: string;
  readonly clientId: string;
  readonly secret: string;
  readonly enabled: boolean;
}

/** What was made. */
export interface DemoCompany {
  readonly employees: number;
  readonly departments: number;
  readonly teams: number;
  readonly offices: number;
  readonly customAttributes: number;
  readonly credentials: readonly DemoCredential[];
}

type Site = Pick<House, 'store' | 'credentials'>;

/**
 * Fills an empty store with an invented company. When it dies midway the store is still empty, or has all the people and
 * no credentials, and the next call goes on from there.
 *
 * @throws UsageError when the store holds anything that the demo company did not put there
 */
export async function createDemoCompany(site: Site): Promise<DemoCompany> {
  if (!(await isStoreEmpty(site.store))) {
    throw new UsageError('The store is not empty, so the demo company stays out of it.');
  }
  const people = demoPeople();
  await insertCompany(site.store, people);
  return {
    employees: people.length,
    departments: DEPARTMENTS.length,
    teams: DEPARTMENTS.flatMap(({ teams }) => teams).length,
    offices: OFFICES.length,
    customAttributes: CUSTOM_ATTRIBUTES.length,
    credentials: await createCredentials(site),
  };
}

async function createCredentials({ credentials }: Site): Promise<readonly DemoCredential[]> {
  const created: DemoCredential[] = [];
  for (const draft of DEMO_CREDENTIALS) created.push(...(await createUnlessThere(credentials, draft)));
  return created;
}

// Another node that starts on the same empty database may have been faster; then it shows the secret.
async function createUnlessThere(
  credentials: Site['credentials'],
  draft: CredentialDraft,
): Promise<readonly DemoCredential[]> {
  try {
    const { credential, secret } = await credentials.create(draft);
    return [{ name: credential.name, clientId: credential.clientId, secret, enabled: credential.enabled }];
  } catch (error) {
    if (await isThere(credentials, draft)) return [];
    throw error;
  }
}

async function isThere(credentials: Site['credentials'], { name }: CredentialDraft): Promise<boolean> {
  return (await credentials.list()).some((one) => nameKey(one.name) === nameKey(name));
}
