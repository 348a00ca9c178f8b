import type { GuardList } from './guards';

/** Without them nothing is marked while an operation is typed, and all else works. */
export async function fetchGuards(): Promise<GuardList> {
  try {
    const answer = await fetch('/playground/guards.json', { credentials: 'omit' });
    return answer.ok ? ((await answer.json()) as GuardList) : {};
  } catch {
    return {};
  }
}
