import { employees, list, type Managing } from '../../support/managing';
import { present } from '../../support/present';
import type { Lane } from './lane';
import type { Subject } from './subject';

/** A way to take something away from a credential, and to give it back. */
export interface Way {
  readonly name: string;
  /** Whose requests are to be refused; left out: all. */
  readonly hits?: (lane: Lane) => boolean;
  /** What has to be before something can be taken away. */
  readonly prepare?: (subject: Subject, managing: Managing) => Promise<void>;
  /** @returns when it ends, by the clock of the gateways; nothing when it has ended with the answer */
  readonly takeAway: (subject: Subject, managing: Managing) => Promise<number | undefined>;
  readonly giveBack: (subject: Subject, managing: Managing) => Promise<void>;
}

/** Milliseconds from the change to the expiry: longer than a mutation takes on a busy machine. */
const TO_EXPIRY = 250;

export const WAYS: readonly Way[] = [
  {
    name: 'disable',
    takeAway: (subject, managing) => change(subject, managing.onOne('disableCredential', subject.managed.id)),
    giveBack: async (subject, managing) => {
      await change(subject, managing.onOne('enableCredential', subject.managed.id));
    },
  },
  {
    name: 'cut of the list',
    takeAway: (subject, managing) => update(subject, managing, { grants: list(['lastName']) }),
    giveBack: async (subject, managing) => {
      await update(subject, managing, { grants: list(['firstName', 'lastName']) });
    },
  },
  {
    name: 'cut of the module',
    takeAway: (subject, managing) =>
      update(subject, managing, { grants: { modules: [employees(false)], attributes: [] } }),
    giveBack: async (subject, managing) => {
      await update(subject, managing, { grants: list(['firstName', 'lastName']) });
    },
  },
  rotation('NONE'),
  rotation('COMPROMISED'),
  {
    name: 'revoked secret',
    prepare: async (subject, managing) => {
      const answer = await managing.rotate(subject.managed.id, 'ONE_HOUR');
      subject.changed(answer);
      subject.next = present(answer.clientSecret);
    },
    takeAway: (subject, managing) => {
      const old = present(subject.managed.secrets.find(({ expiresAt }) => expiresAt !== null));
      return change(subject, managing.revoke(subject.managed.id, old.id));
    },
    giveBack: (subject) => subject.useSecret(present(subject.next)),
  },
  {
    name: 'end of tokens',
    hits: ({ proof }) => proof === 'token',
    takeAway: (subject, managing) => change(subject, managing.onOne('endAllTokens', subject.managed.id)),
    giveBack: (subject) => subject.renewToken(),
  },
  {
    name: 'expiry',
    takeAway: expire,
    giveBack: async (subject, managing) => {
      await update(subject, managing, { expiresAt: null });
    },
  },
];

async function expire(subject: Subject, managing: Managing): Promise<number | undefined> {
  for (let milliseconds = TO_EXPIRY; ; milliseconds *= 2) {
    const endsOn = Date.now() + milliseconds;
    const { id, version } = subject.managed;
    const answer = await managing.update(id, { version, expiresAt: new Date(endsOn).toISOString() });
    // A machine may be so busy that the moment has passed before the gateway looks: there is nothing to expire yet.
    if (answer.userErrors.some(({ code }) => code === 'IN_THE_PAST')) continue;
    subject.changed(answer);
    // Or that it has passed before the answer: then it ends with the answer, like everything else.
    return Date.now() < endsOn ? endsOn : undefined;
  }
}

function rotation(overlap: 'NONE' | 'COMPROMISED'): Way {
  return {
    name: `rotation, overlap ${overlap}`,
    takeAway: async (subject, managing) => {
      const answer = await managing.rotate(subject.managed.id, overlap);
      subject.changed(answer);
      subject.next = present(answer.clientSecret);
      return undefined;
    },
    giveBack: (subject) => subject.useSecret(present(subject.next)),
  };
}

async function change(subject: Subject, answer: ReturnType<Managing['onOne']>): Promise<undefined> {
  subject.changed(await answer);
}

function update(subject: Subject, managing: Managing, input: object): Promise<undefined> {
  const { id, version } = subject.managed;
  return change(subject, managing.update(id, { version, ...input }));
}
