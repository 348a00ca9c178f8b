/** Looks whether something that requests need is there. @throws when it cannot be told */
export type Check = () => Promise<boolean>;

export interface ReadinessOptions {
  readonly checks: readonly Check[];
  /** How long all of them may take before the answer is no, in milliseconds. */
  readonly patience?: number;
  /** How long an answer is remembered, in milliseconds: whoever asks often must not keep the store busy. */
  readonly remembered?: number;
}

/** Whether this gateway should be sent requests: not while something that it needs is missing, nor once it is to stop. */
export class Readiness {
  private draining = false;
  private latest: { readonly at: number; readonly answer: Promise<boolean> } | undefined;

  constructor(private readonly options: ReadinessOptions) {}

  /** Whether the gateway was asked to stop. It goes on answering what arrives. */
  get isDraining(): boolean {
    return this.draining;
  }

  /** From now on the gateway is not ready. */
  drain(): void {
    this.draining = true;
  }

  async isReady(): Promise<boolean> {
    const { remembered = 1_000 } = this.options;
    if (this.draining) return false;
    const now = performance.now();
    if (!this.latest || now - this.latest.at >= remembered) this.latest = { at: now, answer: this.look() };
    return (await this.latest.answer) && !this.isDraining;
  }

  private async look(): Promise<boolean> {
    const { checks, patience = 1_000 } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), patience).unref();
    });
    const all = Promise.all(checks.map((check) => check())).then((answers) => answers.every(Boolean));
    // Why it is not ready is in the log of whatever failed; whoever asks here learns nothing about the house.
    return Promise.race([all.catch(() => false), tooLate]).finally(() => clearTimeout(timer));
  }
}
