/**
 * Pseudo-random choices that are the same on every machine for the same seed.
 *
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c mulberry32, public domain
 */
export class Dice {
  constructor(private state: number) {}

  /** True in `percent` of 100 throws. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  /** A whole number from `lowest` to `highest`, both included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.throwOnce() * (highest - lowest + 1));
  }

  /** @throws RangeError when there is nothing to choose from */
  pick<Item>(items: readonly Item[]): Item {
    return itemAt(items, this.between(0, items.length - 1));
  }

  private throwOnce(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/**
 * The item at `index`, counting on from the start after the last one.
 *
 * @throws RangeError when `items` is empty
 */
export function itemAt<Item>(items: readonly Item[], index: number): Item {
  const [item] = items.slice(index % items.length);
  if (item === undefined) throw new RangeError('There is nothing to choose from.');
  return item;
}
