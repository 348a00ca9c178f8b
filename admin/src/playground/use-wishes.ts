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
  /** What it is for. */
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly clear: () => void;
  /** Whether `ask` leads to the form and nobody has arrived there yet. */
  readonly isCalled: boolean;
  readonly arrive: () => void;
}

export function useWishes(viewer: Viewer): Wishes {
  const [wanted, setWanted] = useState<readonly Wish[]>([]);
  // Here and not in the form, which is gone while another tab of the panel is open.
  const [reason, setReason] = useState('');
  const [isCalled, setCalled] = useState(false);
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
      setCalled(true);
    },
    reason,
    setReason,
    clear: () => {
      setWanted([]);
      setReason('');
    },
    isCalled,
    arrive: () => setCalled(false),
  };
}
