// Gives up waiting after a time. What was waited for goes on, unheard: no browser can call a USB transfer back.

export type Wait = (milliseconds: number) => Promise<void>;

export const TOO_LATE = Symbol('too late');

/** The value, or TOO_LATE after `limitMs`. */
export function within<Value>(
  work: Promise<Value>,
  limitMs: number,
  wait: Wait,
): Promise<Value | typeof TOO_LATE> {
  return Promise.race([work, wait(limitMs).then((): typeof TOO_LATE => TOO_LATE)]);
}
