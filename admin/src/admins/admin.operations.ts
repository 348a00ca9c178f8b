import { graphql, type ResultOf } from '../graphql/graphql';

export const Admins = graphql(`
  query Admins {
    admins {
      id
      email
      name
      role
      enabled
      lastSignInAt
    }
  }
`);

export type ListedAdmin = ResultOf<typeof Admins>['admins'][number];

export const CreateAdmin = graphql(`
  mutation CreateAdmin($input: CreateAdminInput!) {
    createAdmin(input: $input) {
      admin {
        id
      }
      setupUrl
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const UpdateAdmin = graphql(`
  mutation UpdateAdmin($id: ID!, $input: UpdateAdminInput!) {
    updateAdmin(id: $id, input: $input) {
      admin {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const EnableAdmin = graphql(`
  mutation EnableAdmin($id: ID!) {
    enableAdmin(id: $id) {
      admin {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const DisableAdmin = graphql(`
  mutation DisableAdmin($id: ID!) {
    disableAdmin(id: $id) {
      admin {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);
