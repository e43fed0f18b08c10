// Asks the Argon2id worker. The worker is made when the till is open, or when the first PIN is typed; a worker that
// dies answers "wrong" rather than hang, and the next try makes a new one.

import type { PinVerifier } from './ports.ts';

const TIMEOUT_MS = 15_000;

/** `makeWorker` belongs to the composition root, which knows the script's address and the Trusted Types policy. */
export function createWorkerPinVerifier(makeWorker: () => Worker): PinVerifier {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, (isRight: boolean) => void>();

  const start = (): Worker => {
    const made = makeWorker();
    made.addEventListener('message', (event: MessageEvent<{ id: number; isRight: boolean }>) => {
      waiting.get(event.data.id)?.(event.data.isRight);
      waiting.delete(event.data.id);
    });
    made.addEventListener('error', () => {
      worker = null;
      for (const answer of waiting.values()) answer(false);
      waiting.clear();
    });
    return made;
  };

  const verify = (pin: string, verifier: string): Promise<boolean> => {
    worker ??= start();
    lastId += 1;
    const id = lastId;
    const target = worker;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        resolve(false);
      }, TIMEOUT_MS);
      waiting.set(id, (isRight) => {
        clearTimeout(timer);
        resolve(isRight);
      });
      target.postMessage({ id, pin, verifier }, []);
    });
  };
  return Object.assign(verify, {
    prepare: () => {
      worker ??= start();
    },
  });
}
