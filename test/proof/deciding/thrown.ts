/** @returns what `act` throws. @throws Error when it throws nothing */
export function thrown(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It should have thrown.');
}
