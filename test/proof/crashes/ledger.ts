import type { House } from '../../../src/app';
import type { Running } from './running';

/** One kind of change that is made again and again, each time with the next number. */
export interface Change {
  readonly name: string;
  /** Makes change number `number`. @throws unless it was acknowledged */
  make(number: number, running: Running): Promise<void>;
  /** Looks at what is there. @param before what was there for certain when the gateway was killed */
  kept(look: Look, before: Progress): Promise<Kept>;
}

/** A gateway that has come back, and its store. */
export interface Look {
  readonly running: Running;
  readonly house: House;
}

/** How far a change came. */
export interface Progress {
  readonly acknowledged: number;
  /** One more when a change was under way. */
  readonly sent: number;
}

export interface Kept {
  /** The number of the last change that is there. */
  readonly number: number;
  /** What is there by halves, or more often than once. */
  readonly faults: readonly string[];
}

/** What was promised of one kind of change, and whether it is there. */
export class Ledger {
  private acknowledged = 0;
  private sent = 0;
  /** All that were acknowledged, over all crashes. */
  total = 0;

  constructor(private readonly change: Change) {}

  get name(): string {
    return this.change.name;
  }

  /** Makes change after change, until one is not acknowledged. */
  async write(running: Running, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      this.sent = this.acknowledged + 1;
      try {
        await this.change.make(this.sent, running);
      } catch {
        return;
      }
      this.acknowledged = this.sent;
      this.total += 1;
    }
  }

  /** @returns what is lost, there by halves, or there without having been asked for */
  async check(look: Look): Promise<readonly string[]> {
    const { acknowledged, sent } = this;
    const { number, faults } = await this.change.kept(look, { acknowledged, sent });
    const isRight = number === acknowledged || number === sent;
    // What was under way and is there counts as made, whoever was told.
    this.acknowledged = this.sent = number;
    const told = faults.map((fault) => `${this.change.name}: ${fault}`);
    return isRight
      ? told
      : [...told, `${this.change.name}: ${number} is there of ${acknowledged} acknowledged, ${sent} sent`];
  }
}
