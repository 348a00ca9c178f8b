import { graphql, type ResultOf } from '../graphql/graphql';

export const CredentialRowFields = graphql(`
  fragment CredentialRow on Credential {
    id
    name
    status
    enabled
    lastUsedAt
    expiresAt
    integration {
      id
      name
    }
    modules {
      module
      read
      write
    }
    attributes {
      attribute {
        key
        sensitivity
      }
    }
    usage(days: 14) {
      days {
        date
        requests
      }
    }
  }
`);

export type CredentialRow = ResultOf<typeof CredentialRowFields>;

export const CredentialFields = graphql(`
  fragment CredentialDetail on Credential {
    id
    clientId
    name
    description
    ownerContact
    purpose
    integration {
      id
      name
    }
    enabled
    expiresAt
    denialMode
    version
    createdAt
    updatedAt
    status
    lastUsedAt
    separateDirections
    modules {
      module
      read
      write
    }
    attributes {
      attribute {
        key
      }
      read
      write
    }
    secrets {
      id
      createdAt
      expiresAt
      revealable
    }
  }
`);

export type Credential = ResultOf<typeof CredentialFields>;

export const CredentialList = graphql(
  `
    query CredentialList(
      $first: Int!
      $after: String
      $search: String
      $filter: CredentialFilter
      $orderBy: CredentialOrder
    ) {
      credentials(first: $first, after: $after, search: $search, filter: $filter, orderBy: $orderBy) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...CredentialRow
        }
      }
    }
  `,
  [CredentialRowFields],
);

/** What the filters and the drawer choose from. */
export const Choices = graphql(`
  query Choices {
    catalogue {
      key
      label {
        en
        de
      }
      type
      category
      sensitivity
      readOnly
      custom
    }
    integrations {
      id
      name
      category
      recommendedModules {
        module
        read
        write
      }
      recommendedAttributes
    }
    settings {
      showOnce
    }
  }
`);

export type CatalogueEntry = ResultOf<typeof Choices>['catalogue'][number];
export type IntegrationChoice = ResultOf<typeof Choices>['integrations'][number];

export const CredentialById = graphql(
  `
    query CredentialById($id: ID!) {
      credential(id: $id) {
        ...CredentialDetail
      }
    }
  `,
  [CredentialFields],
);

export const CreateCredential = graphql(
  `
    mutation CreateCredential($input: CreateCredentialInput!) {
      createCredential(input: $input) {
        clientSecret
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

export const UpdateCredential = graphql(
  `
    mutation UpdateCredential($id: ID!, $input: UpdateCredentialInput!) {
      updateCredential(id: $id, input: $input) {
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

export const EnableCredential = graphql(
  `
    mutation EnableCredential($id: ID!) {
      enableCredential(id: $id) {
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

export const DisableCredential = graphql(
  `
    mutation DisableCredential($id: ID!) {
      disableCredential(id: $id) {
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

export const DisableCredentials = graphql(`
  mutation DisableCredentials($ids: [ID!]!) {
    disableCredentials(ids: $ids) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const DeleteCredential = graphql(`
  mutation DeleteCredential($id: ID!) {
    deleteCredential(id: $id) {
      deletedCredentialId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const DuplicateCredential = graphql(
  `
    mutation DuplicateCredential($id: ID!, $name: String!) {
      duplicateCredential(id: $id, name: $name) {
        clientSecret
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

export const RevealSecret = graphql(`
  mutation RevealSecret($id: ID!, $secretId: ID) {
    revealCredentialSecret(id: $id, secretId: $secretId) {
      clientSecret
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RotateSecret = graphql(
  `
    mutation RotateSecret($id: ID!, $overlap: SecretOverlap!) {
      rotateCredentialSecret(id: $id, overlap: $overlap) {
        clientSecret
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

export const RevokeSecret = graphql(
  `
    mutation RevokeSecret($id: ID!, $secretId: ID!) {
      revokeCredentialSecret(id: $id, secretId: $secretId) {
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

export const EndAllTokens = graphql(
  `
    mutation EndAllTokens($id: ID!) {
      endAllTokens(id: $id) {
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

export const UsageOfCredential = graphql(`
  query UsageOfCredential($id: ID!, $days: Int!) {
    credential(id: $id) {
      id
      usage(days: $days) {
        days {
          date
          requests
          denials
        }
        attributes {
          key
          granted
          reads
          denials
          lastReadOn
        }
      }
    }
  }
`);

export type CredentialUsage = NonNullable<ResultOf<typeof UsageOfCredential>['credential']>['usage'];

export const PreviewOfCredential = graphql(`
  query PreviewOfCredential($id: ID, $grants: GrantsInput, $employeeId: ID) {
    previewCredential(id: $id, grants: $grants, employeeId: $employeeId) {
      employeeName
      fields {
        attribute {
          key
          label {
            en
            de
          }
          category
          sensitivity
        }
        today {
          visible
          value
          reason
        }
        proposed {
          visible
          value
          reason
        }
      }
    }
  }
`);

export type PreviewField = ResultOf<typeof PreviewOfCredential>['previewCredential']['fields'][number];
