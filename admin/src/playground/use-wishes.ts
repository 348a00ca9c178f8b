import { useState } from 'react';
import type { Viewer } from './viewer';
import { wishesGranted, wishesOfRequest, type Wish } from './wishes';

/** What is about to be asked for. */
export interface Wishes {
  readonly wanted: readonly Wish[];
  /** What stands in a request that no admin has decided yet. */
  readonly asked: ReadonlySet<Wish>;
  readonly toggle: (wish: Wish) => void;
  /** Adds what is missing in an operation, and leads to the form. */
  readonly ask: (wishes: readonly Wish[]) => void;
  readonly clear: () => void;
  /** Grows with every `ask`. */
  readonly calls: number;
}

export function useWishes(viewer: Viewer): Wishes {
  const [wanted, setWanted] = useState<readonly Wish[]>([]);
  const [calls, setCalls] = useState(0);
  const asked = new Set(viewer.requests.filter(({ state }) => state === 'OPEN').flatMap(wishesOfRequest));
  const granted = wishesGranted(viewer.permissions);
  return {
    // What was granted or asked for in the meantime need not be asked for.
    wanted: wanted.filter((wish) => !granted.has(wish) && !asked.has(wish)),
    asked,
    toggle: (wish) =>
      setWanted((before) => (before.includes(wish) ? before.filter((one) => one !== wish) : [...before, wish])),
    ask: (wishes) => {
      setWanted((before) => [...new Set([...before, ...wishes])]);
      setCalls((before) => before + 1);
    },
    clear: () => setWanted([]),
    calls,
  };
}
