import { cacheExchange, createClient, fetchExchange, type Client } from '@urql/core';

/** Lets a person prove again who they are. Answers whether they did. */
export interface Prompts {
  readonly signInAgain: () => Promise<boolean>;
  readonly reauthenticate: () => Promise<boolean>;
}

interface Refusal {
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/**
 * A client that asks for the password where the gateway does, and then sends the same request once more. So a session that
 * ran out costs a password and not the form that was being filled in.
 */
export function createGatewayClient(prompts: Prompts): Client {
  return createClient({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, fetchExchange],
    requestPolicy: 'cache-and-network',
    fetchOptions: { credentials: 'same-origin', headers: { 'X-Fieldgate-Client': 'admin' } },
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const code = await refusalCode(response.clone());
      if (code === 'UNAUTHENTICATED' && (await prompts.signInAgain())) return fetch(url, init);
      if (code === 'REAUTHENTICATION_REQUIRED' && (await prompts.reauthenticate())) return fetch(url, init);
      return response;
    },
  });
}

async function refusalCode(response: Response): Promise<string | undefined> {
  const text = await response.text();
  if (!text.includes('"errors"')) return undefined;
  try {
    return (JSON.parse(text) as Refusal).errors?.[0]?.extensions?.code;
  } catch {
    return undefined;
  }
}
