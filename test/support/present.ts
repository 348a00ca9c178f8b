/** @throws Error when there is no value: the test goes on only with one */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('There should be a value here.');
  return value;
}
