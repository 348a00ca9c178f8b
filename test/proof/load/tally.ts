interface Figures {
  readonly milliseconds: number[];
  readonly statuses: Map<number, number>;
}

/** Refusals that an overloaded gateway may give. */
const ALLOWED: ReadonlySet<number> = new Set([429, 503]);

/** What was answered, and how fast. */
export class Tally {
  private readonly kinds = new Map<string, Figures>();
  private readonly wrongs = new Map<string, number>();

  add(kind: string, status: number, isRight: boolean, milliseconds: number): void {
    const figures = this.kinds.get(kind) ?? { milliseconds: [], statuses: new Map<number, number>() };
    this.kinds.set(kind, figures);
    figures.milliseconds.push(milliseconds);
    figures.statuses.set(status, (figures.statuses.get(status) ?? 0) + 1);
    if (ALLOWED.has(status) || (status === 200 && isRight)) return;
    const wrong = `${kind}: ${status}`;
    this.wrongs.set(wrong, (this.wrongs.get(wrong) ?? 0) + 1);
  }

  /** Answers that are neither right nor a refusal that is allowed. */
  get faults(): readonly string[] {
    return [...this.wrongs].map(([wrong, count]) => `${count} × ${wrong}`);
  }

  count(kind: string): number {
    return this.kinds.get(kind)?.milliseconds.length ?? 0;
  }

  percentile(kind: string, part: number): number {
    const sorted = [...(this.kinds.get(kind)?.milliseconds ?? [])].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  }

  told(title: string, seconds: number): string {
    const lines = [...this.kinds].map(([kind, { milliseconds, statuses }]) => {
      const [p50, p99] = [0.5, 0.99].map((part) => this.percentile(kind, part).toFixed(1));
      const counts = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
      return `  ${kind}: ${(milliseconds.length / seconds).toFixed(1)}/s, p50 ${p50} ms, p99 ${p99} ms; ${counts}`;
    });
    return [`${title}, ${seconds.toFixed(0)} s`, ...lines.sort()].join('\n');
  }
}
