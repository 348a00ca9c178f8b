const PATIENCE = 8000;
const PAUSE = 40;

/** Reads again and again until the check passes; what the last check said is what the test fails with. */
export async function eventually<Value>(read: () => Promise<Value>, check: (value: Value) => void): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await read();
    try {
      check(value);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
