/** A client id and secret as a client showed them. */
export interface ShownSecret {
  readonly id: string;
  readonly secret: string;
}

/**
 * Reads an Authorization header of the Basic scheme. As OAuth asks, both parts are form-decoded; ours need no encoding, so
 * a client that leaves it out is understood as well.
 *
 * @returns undefined when the header is of another scheme or malformed
 * @see RFC 7617, and RFC 6749 section 2.3.1
 */
export function readBasic(authorization: string | undefined): ShownSecret | undefined {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const shown = Buffer.from(encoded, 'base64').toString();
  const colon = shown.indexOf(':');
  if (colon < 0) return undefined;
  return { id: formDecoded(shown.slice(0, colon)), secret: formDecoded(shown.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
