import { print } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { graphql } from './generated/gql.js';

const { GATEWAY: gateway = 'http://127.0.0.1:4000', CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;

const FIRST_PAGE = graphql(`
  query FirstPage {
    employees(first: 10) {
      nodes {
        id
        firstName
        lastName
      }
    }
  }
`);

async function token(): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
  });
  const answer = await fetch(`${gateway}/oauth/token`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`The gateway gave no token: ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The answer has the types of the operation, and every attribute can be null. */
async function ask<Result, Variables>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const answer = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors = [] } = (await answer.json()) as { data?: Result; errors?: { message: string }[] };
  for (const { message } of errors) console.error(message);
  if (!data) throw new Error('The operation was refused.');
  return data;
}

const { employees } = await ask(FIRST_PAGE, {});
for (const { id, firstName, lastName } of employees?.nodes ?? []) console.log(id, firstName, lastName);
