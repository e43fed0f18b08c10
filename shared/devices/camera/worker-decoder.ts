// The decoder in its worker, seen from the page: one question at a time, each with a time limit, because a worker that hangs
// says nothing.

import type { DecodedCode, Decoder, Effort } from './decoded-code.ts';

export type WorkerQuestion = { readonly id: number; readonly picture: ImageBitmap; readonly effort: Effort };
export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly codes: readonly DecodedCode[] }
  | { readonly id: number; readonly ok: false; readonly problem: string };

/** The first picture waits for the engine to be loaded and compiled. */
const FIRST_LIMIT_MS = 20_000;
const LIMIT_MS = 5_000;

export type DecoderWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Starts the worker at once, so that its engine is there when the first picture is. */
export function createWorkerDecoder(makeWorker: () => DecoderWorker): Decoder {
  const worker = makeWorker();
  type Waiting = {
    readonly take: (codes: readonly DecodedCode[]) => void;
    readonly fail: (problem: Error) => void;
  };
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isWarm = false;
  const failAll = (message: string): void => {
    for (const { fail } of waiting.values()) fail(new Error(message));
    waiting.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.ok) asked?.take(data.codes);
    else asked?.fail(new Error(data.problem));
  };
  worker.onerror = () => failAll('the decoder did not start');
  return {
    kind: 'wasm',
    async decode(picture, effort) {
      lastId += 1;
      const id = lastId;
      let timer: ReturnType<typeof setTimeout> | undefined;
      try {
        const codes = await new Promise<readonly DecodedCode[]>((take, fail) => {
          waiting.set(id, { take, fail });
          const limitMs = isWarm ? LIMIT_MS : FIRST_LIMIT_MS;
          timer = setTimeout(() => fail(new Error('the decoder does not answer')), limitMs);
          const question: WorkerQuestion = { id, picture, effort };
          worker.postMessage(question, [picture]);
        });
        isWarm = true;
        return codes;
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    close() {
      worker.terminate();
      failAll('the decoder was closed');
    },
  };
}
