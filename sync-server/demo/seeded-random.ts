// A small seeded generator (sfc32), so that the demo store is the same bytes on every machine.
// It draws goods and prices for show; nothing that must be unguessable comes from here.

export type SeededRandom = {
  /** A whole number from 0 up to, not including, `count`. */
  readonly below: (count: number) => number;
  /** One element of a list that is not empty. */
  readonly pick: <Value>(list: readonly Value[]) => Value;
};

/** The same seed gives the same numbers, in order. */
export function createSeededRandom(seed: number): SeededRandom {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first numbers still look like the seed; a dozen rounds mix it in.
  for (let round = 0; round < 12; round += 1) next();
  const below = (count: number) => Math.trunc((next() / 4_294_967_296) * count);
  return {
    below,
    pick: (list) => {
      const value = list[below(list.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}
