// The best decoder that works here: the browser's own where it has the kinds of codes, else zxing-wasm in a worker, else zxing
// on the page. A decoder that fails is left for good and the next one takes over with the next picture.
//
//   native (has the formats?) ─► wasm in a worker (starts? answers?) ─► basic on the page

import type { DecodedCode, Decoder, DecoderKind, Effort } from './decoded-code.ts';

export type DecoderChain = {
  /** What decodes now; null until the first picture. */
  kind(): DecoderKind | null;
  decode(picture: ImageBitmap, effort: Effort): Promise<readonly DecodedCode[]>;
  close(): void;
};

/** Each step makes its decoder, or answers null where this browser has none of that kind. */
export function createDecoderChain(steps: readonly (() => Promise<Decoder | null>)[]): DecoderChain {
  let next = 0;
  let current: Decoder | null = null;
  let isClosed = false;
  const close = (): void => {
    current?.close();
    current = null;
    next = steps.length;
  };
  const take = async (): Promise<Decoder | null> => {
    while (current === null && next < steps.length) {
      const step = steps[next];
      next += 1;
      try {
        current = (await step?.()) ?? null;
      } catch {
        current = null;
      }
    }
    if (isClosed) close();
    return current;
  };
  return {
    kind: () => current?.kind ?? null,
    async decode(picture, effort) {
      const decoder = await take();
      if (decoder === null) {
        picture.close();
        throw new Error('no decoder works in this browser');
      }
      try {
        return await decoder.decode(picture, effort);
      } catch {
        // The picture is gone with it; the next one finds the next decoder.
        decoder.close();
        if (current === decoder) current = null;
        return [];
      }
    },
    close() {
      isClosed = true;
      close();
    },
  };
}
