import { GATEWAY } from '../audit/audit-event';
import type { CredentialStore } from '../credentials/credential.store';
import { lockPeople } from '../employees/history/employee-change.store';
import { runIn } from '../store/statement';
import type { Store } from '../store/store';
import { DEMO_CREDENTIALS } from './credentials';
import { CUSTOM_ATTRIBUTES } from './custom';
import { insertCompany, isStoreEmpty } from './demo.store';
import { DEPARTMENTS, OFFICES } from './organization';
import { demoPeople } from './people';
import { insertTimeAway, type TimeAway } from './time-away.store';

/** A credential of the demo company with its secret, to be shown once and kept nowhere. */
export interface DemoCredential {
  readonly name: string;
  readonly clientId: string;
  readonly secret: string;
  readonly enabled: boolean;
}

/** What was made. */
export interface DemoCompany extends TimeAway {
  readonly employees: number;
  readonly departments: number;
  readonly teams: number;
  readonly offices: number;
  readonly customAttributes: number;
  readonly credentials: readonly DemoCredential[];
}

/** Where the company moves in. */
interface Site {
  readonly store: Store;
  readonly credentials: CredentialStore;
}

/**
 * Fills an empty store with an invented company, all of it in one transaction.
 *
 * @returns undefined when the store holds anything already: then it is left alone
 */
export async function createDemoCompany(site: Site, people = demoPeople()): Promise<DemoCompany | undefined> {
  const { store, credentials } = site;
  if (!(await isStoreEmpty((query) => store.read(query)))) return undefined;
  return store.write(async (manager) => {
    const run = runIn(manager, store.dialect);
    await lockPeople(run, store.dialect);
    // Another node that started on the same empty database may have been faster.
    if (!(await isStoreEmpty(run))) return undefined;
    const timeAway = await insertTimeAway(manager, people, await insertCompany(manager, people));
    const created: DemoCredential[] = [];
    for (const draft of DEMO_CREDENTIALS) {
      const { credential, secret } = await credentials.createIn(manager, draft, GATEWAY);
      created.push({ name: credential.name, clientId: credential.clientId, secret, enabled: credential.enabled });
    }
    return { ...COMPANY, ...timeAway, employees: people.length, credentials: created };
  });
}

const COMPANY = {
  departments: DEPARTMENTS.length,
  teams: DEPARTMENTS.flatMap(({ teams }) => teams).length,
  offices: OFFICES.length,
  customAttributes: CUSTOM_ATTRIBUTES.length,
};
