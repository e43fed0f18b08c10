// Waits for something that happens by itself, and says what it was when it did not.

/** A wait of at most `limitMs`; it looks every few milliseconds, and rejects with `what` when the time is over. */
export const untilWithin =
  (limitMs: number) =>
  async (isSo: () => boolean, what: string): Promise<void> => {
    const deadline = performance.now() + limitMs;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
  };
