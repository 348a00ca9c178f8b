import type { AuditAction } from '../../../src/audit/audit-event';
import { basic } from '../../support/gateway';
import { list, type Made, type ManagedAnswer } from '../../support/managing';
import { present } from '../../support/present';
import type { Change } from './ledger';
import type { House } from '../../../src/app';

const LISTS = [['firstName'], ['lastName', 'email']];

/** Changes of credentials, by an admin. Each is on record exactly as often as it was made. */
export function accessChanges(switched: Made, cut: Made, rotated: Made): readonly Change[] {
  return [switching(switched), cutting(cut), rotating(rotated)];
}

/** Odd numbers disable, even ones enable. */
function switching(made: Made): Change {
  return {
    name: 'switch',
    make: async (number, running) => {
      const mutation = number % 2 === 1 ? 'disableCredential' : 'enableCredential';
      accepted(await running.managing.onOne(mutation, made.id));
    },
    kept: async ({ running, house }) => {
      const number = await recorded(house, made, ['CREDENTIAL_DISABLED', 'CREDENTIAL_ENABLED']);
      const status = await running.status(basic(made.clientId, made.secret));
      const isRight = status === (number % 2 === 1 ? 401 : 200);
      return { number, faults: isRight ? [] : [`${status} after ${number} switches`] };
    },
  };
}

/** Each replaces one list of attributes by the other. */
function cutting(made: Made): Change {
  let { version } = made;
  return {
    name: 'list',
    make: async (number, running) => {
      const answer = await running.managing.update(made.id, { version, grants: list(present(LISTS[number % 2])) });
      accepted(answer);
      version = present(answer.credential).version;
    },
    kept: async ({ running, house }) => {
      const number = await recorded(house, made, ['CREDENTIAL_UPDATED']);
      const credential = present(await running.managing.credential(made.id));
      version = credential.version;
      const keys = credential.attributes.filter(({ read }) => read).map(({ attribute }) => attribute.key);
      const isRight = keys.sort().join() === [...present(LISTS[number % 2])].sort().join();
      return { number, faults: isRight ? [] : [`the list is ${keys.join()} after ${number} changes`] };
    },
  };
}

/** Each ends the secret before it. */
function rotating(made: Made): Change {
  const secrets = new Map([[0, made.secret]]);
  return {
    name: 'rotation',
    make: async (number, running) => {
      const answer = await running.managing.rotate(made.id, 'NONE');
      accepted(answer);
      secrets.set(number, present(answer.clientSecret));
      secrets.delete(number - 2);
    },
    kept: async ({ running, house }) => {
      const number = await recorded(house, made, ['SECRET_ROTATED']);
      const expected: readonly (readonly [number, number])[] = [
        [number, 200],
        ...(number > 0 ? [[number - 1, 401] as const] : []),
      ];
      const faults: string[] = [];
      for (const [which, status] of expected) {
        // Of a rotation that was under way nobody was told the secret.
        const secret = secrets.get(which);
        const found = secret === undefined ? status : await running.status(basic(made.clientId, secret));
        if (found !== status) faults.push(`${found} for secret ${which} after ${number} rotations`);
      }
      return { number, faults };
    },
  };
}

function accepted({ userErrors }: ManagedAnswer): void {
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}

function recorded({ audit }: House, { id }: Made, actions: readonly AuditAction[]): Promise<number> {
  return audit.count({ actions, subjectId: id });
}
