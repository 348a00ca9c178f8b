// Gets, uses and revokes a token with openid-client as it comes. Arguments: the issuer, a client id and its secret.
import * as client from 'openid-client';

const [, , issuer, clientId, secret] = process.argv;
const url = new URL(issuer);
const options = { algorithm: 'oauth2', execute: [client.allowInsecureRequests] };
const uses = [];
for (const authentication of [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]) {
  const server = await client.discovery(url, clientId, undefined, authentication, options);
  const { access_token: token } = await client.clientCredentialsGrant(server);
  const use = async () => {
    const body = JSON.stringify({ query: '{ viewer { clientId } }' });
    const headers = new Headers({ 'content-type': 'application/json' });
    const { status } = await client
      .fetchProtectedResource(server, token, new URL('/graphql', url), 'POST', body, headers)
      .catch((error) => error);
    uses.push(status);
  };
  await use();
  await client.tokenRevocation(server, token);
  await use();
}
const wrong = client.ClientSecretBasic(`${secret.slice(0, -1)}!`);
const server = await client.discovery(url, clientId, undefined, wrong, options);
const refused = await client.clientCredentialsGrant(server).catch((error) => error.status);
console.log(JSON.stringify({ uses, refused }));
