import { graphql, type ResultOf } from '../graphql/graphql';

export const ProcessingRecord = graphql(`
  query ProcessingRecord($first: Int!, $after: String) {
    processingRecord(first: $first, after: $after) {
      entries {
        credentialId
        name
        clientId
        enabled
        purpose
        owner
        integration
        lastUsedAt
        modules {
          module
          read
          write
        }
        attributes {
          key
          label {
            en
            de
          }
          sensitivity
          read
          write
          lastReadOn
        }
      }
      endCursor
    }
  }
`);

export type ProcessingEntry = ResultOf<typeof ProcessingRecord>['processingRecord']['entries'][number];
