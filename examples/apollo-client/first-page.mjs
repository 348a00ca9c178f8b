import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { fetchWithToken } from './token.mjs';

const { GATEWAY: gateway = 'http://127.0.0.1:4000', CLIENT_ID: clientId, CLIENT_SECRET: secret } = process.env;

const client = new ApolloClient({
  link: new HttpLink({ uri: `${gateway}/graphql`, fetch: fetchWithToken({ gateway, clientId, secret }) }),
  cache: new InMemoryCache(),
});

const FIRST_PAGE = gql`
  query FirstPage {
    employees(first: 10) {
      nodes {
        id
        firstName
        lastName
      }
    }
  }
`;

// A denied attribute answers null and one error. With "all", the client hands over both.
const { data, error } = await client.query({ query: FIRST_PAGE, errorPolicy: 'all' });
if (error && !CombinedGraphQLErrors.is(error)) throw error;
for (const { message, extensions } of error?.errors ?? [])
  console.error(extensions.code, extensions.coordinate, message);
for (const { id, firstName, lastName } of data.employees.nodes) console.log(id, firstName, lastName);
