import { SingleBar } from 'cli-progress';

/** Shows how far some work is. */
export interface Progress {
  /** @param share 0 to 1 */
  update(share: number): void;
  stop(): void;
}

const NONE: Progress = { update: () => undefined, stop: () => undefined };

/** A bar on standard error, so that standard output holds nothing but the result. None where nobody would see it. */
export function startProgress(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return NONE;
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage} %`,
    stream,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(100, 0);
  return { update: (share) => bar.update(Math.floor(share * 100)), stop: () => bar.stop() };
}

/** Shows a bar while some work is done. */
export async function withProgress<T>(
  label: string,
  work: (update: (share: number) => void) => Promise<T>,
): Promise<T> {
  const progress = startProgress(label);
  try {
    return await work((share) => progress.update(share));
  } finally {
    progress.stop();
  }
}
