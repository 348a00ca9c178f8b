/** Bytes; glibc looks at no block of 32 MiB or more. */
const LARGE_BLOCK = 32_000_000;

/**
 * glibc hands freed memory back to the system and takes it anew for the next large answer, at the price of a page fault for every 4 kB:
 * that made a page of 1,000 people take three times as long. Once it has freed one large block, which this one is as soon as garbage
 * is collected, it keeps what is smaller. Nothing is written into the block, so it takes no time and no memory; elsewhere it does nothing.
 *
 * @see mallopt(3), M_MMAP_THRESHOLD
 */
export function keepFreedMemory(): void {
  Buffer.allocUnsafeSlow(LARGE_BLOCK);
}
