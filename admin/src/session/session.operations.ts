import { graphql, type ResultOf } from '../graphql/graphql';

export const WhoAmI = graphql(`
  query WhoAmI {
    me {
      id
      email
      name
      role
      hasPassword
      hasIdentity
    }
    setup {
      open
    }
    singleSignOn {
      name
    }
  }
`);

export type Me = NonNullable<ResultOf<typeof WhoAmI>['me']>;

export const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      me {
        id
        email
        name
        role
        hasPassword
        hasIdentity
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const SignOut = graphql(`
  mutation SignOut {
    signOut {
      done
    }
  }
`);

export const Reauthenticate = graphql(`
  mutation Reauthenticate($input: ReauthenticateInput!) {
    reauthenticate(input: $input) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const CompleteSetup = graphql(`
  mutation CompleteSetup($input: CompleteSetupInput!) {
    completeSetup(input: $input) {
      me {
        id
        email
        name
        role
        hasPassword
        hasIdentity
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const BeginSingleSignOn = graphql(`
  mutation BeginSingleSignOn($input: BeginSingleSignOnInput!) {
    beginSingleSignOn(input: $input) {
      url
      userErrors {
        field
        code
        message
      }
    }
  }
`);
