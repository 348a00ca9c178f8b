import { graphql, type ResultOf } from '../graphql/graphql';
import type { introspection } from '../graphql/schema.generated.d.ts';

export const AuditEvents = graphql(`
  query AuditEvents($first: Int!, $after: String, $filter: AuditFilter) {
    auditEvents(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        sequence
        at
        action
        actor {
          kind
          id
          name
        }
        subject {
          kind
          id
          name
        }
        before
        after
        count
        hash
      }
    }
  }
`);

export type AuditEvent = ResultOf<typeof AuditEvents>['auditEvents']['nodes'][number];
export type AuditAction = introspection['types']['AuditAction']['enumValues'];
