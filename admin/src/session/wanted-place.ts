/** In the storage of this tab: signing in at an identity provider leaves the page, and takes the state of its history along. */
const KEY = 'fieldgate.place';

const HOME = '/settings/credentials';

/** Keeps which page was asked for while somebody is away to sign in. */
export function keepPlace(place: string): void {
  sessionStorage.setItem(KEY, place);
}

/** @returns the page that was asked for before somebody went away to sign in, once; the first page where there was none */
export function takePlace(): string {
  const place = sessionStorage.getItem(KEY) ?? '';
  sessionStorage.removeItem(KEY);
  // A path on this site. With a second slash, which browsers also read from a backslash, it would name another one.
  return /^\/[^/\\]/.test(place) ? place : HOME;
}
