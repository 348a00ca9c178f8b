import { CredentialFields } from '../credentials/credential.operations';
import { graphql, type ResultOf } from '../graphql/graphql';

export const AccessRequestFields = graphql(`
  fragment AccessRequestDetail on AccessRequest {
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
  }
`);

export type AccessRequest = ResultOf<typeof AccessRequestFields>;

export const RequestsOfCredential = graphql(
  `
    query RequestsOfCredential($id: ID!) {
      credential(id: $id) {
        id
        accessRequests {
          ...AccessRequestDetail
        }
      }
    }
  `,
  [AccessRequestFields],
);

export const WaitingRequests = graphql(`
  query WaitingRequests {
    waitingAccessRequests {
      credentialId
      credentialName
      request {
        id
      }
    }
  }
`);

export const ApproveRequest = graphql(
  `
    mutation ApproveRequest($id: ID!, $version: Int!, $note: String) {
      approveAccessRequest(id: $id, version: $version, note: $note) {
        credential {
          ...CredentialDetail
        }
        userErrors {
          field
          code
          message
        }
      }
    }
  `,
  [CredentialFields],
);

export const RefuseRequest = graphql(
  `
    mutation RefuseRequest($id: ID!, $note: String!) {
      refuseAccessRequest(id: $id, note: $note) {
        credential {
          ...CredentialDetail
        }
        userErrors {
          field
          code
          message
        }
      }
    }
  `,
  [CredentialFields],
);

export const CredentialByClientId = graphql(`
  query CredentialByClientId($clientId: String!) {
    credentials(search: $clientId, first: 10) {
      nodes {
        id
        clientId
      }
    }
  }
`);
