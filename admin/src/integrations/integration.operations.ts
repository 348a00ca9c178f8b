import { graphql, type ResultOf } from '../graphql/graphql';

export const Integrations = graphql(`
  query Integrations {
    integrations {
      id
      name
      category
      website
      builtIn
      recommendedModules {
        module
        read
        write
      }
      recommendedAttributes
    }
    catalogue {
      key
      label {
        en
        de
      }
    }
  }
`);

export type ListedIntegration = ResultOf<typeof Integrations>['integrations'][number];
export type AttributeChoice = ResultOf<typeof Integrations>['catalogue'][number];

export const CreateIntegration = graphql(`
  mutation CreateIntegration($input: IntegrationInput!) {
    createIntegration(input: $input) {
      integration {
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

export const UpdateIntegration = graphql(`
  mutation UpdateIntegration($id: ID!, $input: IntegrationInput!) {
    updateIntegration(id: $id, input: $input) {
      integration {
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

export const DeleteIntegration = graphql(`
  mutation DeleteIntegration($id: ID!) {
    deleteIntegration(id: $id) {
      deletedIntegrationId
      userErrors {
        field
        code
        message
      }
    }
  }
`);
