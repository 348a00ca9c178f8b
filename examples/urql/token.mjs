/** Before its end, in milliseconds, a token is replaced. */
const MARGIN = 60_000;

/**
 * A `fetch` that sends every request with a token of this credential. It gets one when it is first needed, and a new one before
 * the old one ends.
 */
export function fetchWithToken({ gateway, clientId, secret }) {
  let token;
  let endsAt = 0;
  const renew = async () => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
    const answer = await fetch(`${gateway}/oauth/token`, { method: 'POST', body });
    const { access_token, expires_in, error } = await answer.json();
    if (!answer.ok) throw new Error(`The gateway gave no token: ${error}`);
    token = access_token;
    endsAt = Date.now() + expires_in * 1000;
  };
  return async (url, init = {}) => {
    if (Date.now() > endsAt - MARGIN) await renew();
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(url, { ...init, headers });
  };
}
