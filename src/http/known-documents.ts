import type { ApolloServerOptionsWithSchema, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type DocumentStore = NonNullable<ApolloServerOptionsWithSchema<BaseContext>['documentStore']>;

const MOST_DOCUMENTS = 1_000;
/** Characters of all their texts together: a parsed document takes some eighty bytes for each. */
const MOST_TEXT = 512 * 1024;

/**
 * Remembers valid documents, so that what is asked again is not parsed and validated again. Apollo's own store counts the
 * characters of their JSON: a client that writes values into its texts would fill 130 MB.
 */
export function knownDocuments(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    max: MOST_DOCUMENTS,
    maxSize: MOST_TEXT,
    // One that does not say how long it is, is not kept.
    sizeCalculation: ({ loc }) => loc?.end ?? MOST_TEXT + 1,
  });
  return {
    get: (key) => Promise.resolve(documents.get(key)),
    set: (key, document) => {
      documents.set(key, document);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(documents.delete(key)),
  };
}
