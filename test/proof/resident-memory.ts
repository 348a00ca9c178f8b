import { readFileSync } from 'node:fs';

/**
 * The memory that a process holds.
 *
 * @returns 0 where the system does not tell, and nothing is measured
 * @see proc_pid_status(5)
 */
export function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return 0;
  }
}
