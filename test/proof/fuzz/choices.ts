/** Where decisions come from: numbers that somebody drew, then zeros. Zero is always the simplest decision. */
export class Choices {
  private at = 0;

  constructor(private readonly numbers: readonly number[]) {}

  /** Others that decide the same from here on. */
  copy(): Choices {
    return new Choices(this.numbers.slice(this.at));
  }

  /** A whole number from 0 to `below` - 1. */
  number(below: number): number {
    const drawn = this.numbers[this.at] ?? 0;
    this.at += 1;
    return drawn % below;
  }

  /** Happens in `percent` of a hundred cases. */
  chance(percent: number): boolean {
    return this.number(100) >= 100 - percent;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.number(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  /** Each item with this chance, in their order. */
  some<Item>(items: readonly Item[], percent: number): Item[] {
    return items.filter(() => this.chance(percent));
  }

  list<Item>(most: number, make: () => Item): Item[] {
    return Array.from({ length: this.number(most + 1) }, make);
  }
}

/** Numbers that look random and are the same for the same seed. */
export function drawn(seed: number, count: number): number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  });
}
