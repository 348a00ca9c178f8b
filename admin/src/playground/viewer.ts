import { print } from 'graphql';
import { graphql, type ResultOf } from '../graphql/graphql';
import type { Access } from './access';
import { ask } from './ask';
import type { Module, Permissions } from './guards';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      name
      clientId
      denialMode
      expiresAt
      modules {
        module
        read
        write
      }
    }
    attributes {
      key
      label {
        en
        de
      }
      type
      category
      sensitivity
      readable
      writable
    }
    accessRequests {
      id
      createdAt
      reason
      modules {
        module
        read
        write
      }
      read
      write
      state
      decidedAt
      note
    }
  }
`);

type Answered = ResultOf<typeof VIEWER>;

export type Attribute = Answered['attributes'][number];

/** What the credential has asked for. */
export type SentRequest = Answered['accessRequests'][number];

/** Who is signed in, and what the credential may do. */
export type Viewer = Answered['viewer'] & {
  readonly attributes: readonly Attribute[];
  readonly permissions: Permissions;
  /** Newest first. */
  readonly requests: readonly SentRequest[];
  /** The hash of what the credential may use of the schema. */
  readonly contract: string | null;
};

/** @returns undefined when the gateway refuses or cannot be reached */
export async function fetchViewer(access: Access): Promise<Viewer | undefined> {
  const answer = await ask(access, { query: print(VIEWER) });
  const data = answer.body.data as Answered | null | undefined;
  if (!data) return undefined;
  const { viewer, attributes, accessRequests } = data;
  const keys = (name: 'readable' | 'writable') => new Set(attributes.filter((one) => one[name]).map(({ key }) => key));
  const modules = Object.fromEntries(viewer.modules.map(({ module, read, write }) => [module, { read, write }]));
  return {
    ...viewer,
    attributes,
    permissions: {
      modules: modules as Record<Module, { read: boolean; write: boolean }>,
      read: keys('readable'),
      write: keys('writable'),
      isStrict: viewer.denialMode === 'STRICT',
    },
    requests: accessRequests,
    contract: answer.contract,
  };
}
