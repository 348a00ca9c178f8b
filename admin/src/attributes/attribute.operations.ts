import { graphql, type ResultOf } from '../graphql/graphql';

export const Catalogue = graphql(`
  query Catalogue {
    catalogue(includeRetired: true) {
      key
      label {
        en
        de
      }
      type
      category
      sensitivity
      options
      custom
      retiredAt
    }
  }
`);

export type ListedAttribute = ResultOf<typeof Catalogue>['catalogue'][number];

export const CreateCustomAttribute = graphql(`
  mutation CreateCustomAttribute($input: CreateCustomAttributeInput!) {
    createCustomAttribute(input: $input) {
      attribute {
        key
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const UpdateCustomAttribute = graphql(`
  mutation UpdateCustomAttribute($key: String!, $input: UpdateCustomAttributeInput!) {
    updateCustomAttribute(key: $key, input: $input) {
      attribute {
        key
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RetireCustomAttribute = graphql(`
  mutation RetireCustomAttribute($key: String!) {
    retireCustomAttribute(key: $key) {
      attribute {
        key
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);
