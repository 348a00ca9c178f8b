/**
 * How two versions work on one store at the same time: a migration's name says what it does to older versions.
 *
 * - `Expand…` only adds, so that an older version goes on working on the newer schema. An older version recognises the name in
 *   the list of applied migrations and starts.
 * - `Contract…` takes away what only older versions need. It runs on demand, when none of them runs any more, and an older
 *   version refuses to start afterwards.
 *
 * Any other name that a version does not know makes it refuse: what nobody vouches for is not compatible.
 *
 * @see docs/upgrading.md
 */
export function isExpanding(name: string): boolean {
  return name.startsWith('Expand');
}

export function isContracting(name: string): boolean {
  return name.startsWith('Contract');
}
