import { Client, fetchExchange, gql } from '@urql/core';
import { fetchWithToken } from './token.mjs';

const { GATEWAY: gateway = 'http://127.0.0.1:4000', CLIENT_ID: clientId, CLIENT_SECRET: secret } = process.env;

const client = new Client({
  url: `${gateway}/graphql`,
  fetch: fetchWithToken({ gateway, clientId, secret }),
  exchanges: [fetchExchange],
  // The gateway takes POST only, so that no operation stands in the log of a proxy.
  preferGetMethod: false,
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

// A denied attribute answers null and one error: there are data and an error then.
const { data, error } = await client.query(FIRST_PAGE, {}).toPromise();
if (!data) throw error;
for (const { message, extensions } of error?.graphQLErrors ?? []) {
  console.error(extensions.code, extensions.coordinate, message);
}
for (const { id, firstName, lastName } of data.employees.nodes) console.log(id, firstName, lastName);
