import type { Viewer } from './viewer';
import { wishesGranted, type Wish } from './wishes';

/** How the permissions of a credential differ from those that were seen before. */
export interface PermissionChanges {
  readonly gained: readonly Wish[];
  readonly lost: readonly Wish[];
  /** The hash of the contract that holds now. */
  readonly contract: string;
}

/** @returns undefined when the contract is the one that was seen before */
export function permissionChanges(before: Viewer, after: Viewer): PermissionChanges | undefined {
  if (before.contract === after.contract || after.contract === null) return undefined;
  const [had, has] = [wishesGranted(before.permissions), wishesGranted(after.permissions)];
  return {
    gained: [...has].filter((wish) => !had.has(wish)),
    lost: [...had].filter((wish) => !has.has(wish)),
    contract: after.contract,
  };
}
