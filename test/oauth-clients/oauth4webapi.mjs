// Gets, uses and revokes a token with oauth4webapi as it comes. Arguments: the issuer, a client id and its secret.
import * as oauth from 'oauth4webapi';

const [, , issuer, clientId, secret] = process.argv;
const insecure = { [oauth.allowInsecureRequests]: true };
const url = new URL(issuer);
const found = await oauth.discoveryRequest(url, { ...insecure, algorithm: 'oauth2' });
const server = await oauth.processDiscoveryResponse(url, found);
const client = { client_id: clientId };
const tokens = [];
for (const authentication of [oauth.ClientSecretBasic(secret), oauth.ClientSecretPost(secret)]) {
  const answer = await oauth.clientCredentialsGrantRequest(server, client, authentication, {}, insecure);
  tokens.push(await oauth.processClientCredentialsResponse(server, client, answer));
}
const uses = [];
const use = async () => {
  const body = JSON.stringify({ query: '{ viewer { clientId } }' });
  const headers = new Headers({ 'content-type': 'application/json' });
  const graphql = new URL('/graphql', url);
  for (const { access_token: token } of tokens) {
    const { status } = await oauth
      .protectedResourceRequest(token, 'POST', graphql, headers, body, insecure)
      .catch((error) => error);
    uses.push(status);
  }
};
await use();
for (const { access_token: token } of tokens) {
  const answer = await oauth.revocationRequest(server, client, oauth.ClientSecretBasic(secret), token, insecure);
  await oauth.processRevocationResponse(answer);
}
await use();
const wrong = await oauth.clientCredentialsGrantRequest(
  server,
  client,
  oauth.ClientSecretBasic(`${secret.slice(0, -1)}!`),
  {},
  insecure,
);
const refused = await oauth.processClientCredentialsResponse(server, client, wrong).catch((error) => error.status);
console.log(JSON.stringify({ uses, refused }));
