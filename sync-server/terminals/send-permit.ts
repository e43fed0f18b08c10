// How long a server may still send what it wrote down as being asked. Others believe that it is at it for `HELD_SECONDS`; a process
// that was frozen, or a machine that slept, in between may wake up long after an attempt was looked for and told as never sent.
// So the right to send ends well before that belief does, and it is looked at in the same turn in which the bytes leave.

/** So long a server is believed to be at an attempt after it last said so. */
export const HELD_SECONDS = 15;

/** The right to send one question; never longer than others believe that we are at it. */
export type SendPermit = { readonly isOpen: () => boolean };

/** The monotonic clock stands still while a machine sleeps, and the other one may be set: both must agree. */
export type SendClocks = {
  /** Milliseconds since some moment; never set. */
  readonly monotonicMs: () => number;
  /** Milliseconds since 1970. */
  readonly wallMs: () => number;
};

/** Leaves the rest of the lease for bytes on their way. */
export const SEND_WITHIN_MS = (HELD_SECONDS * 1_000 * 2) / 3;

/** Begins now: it has to be made before the lease is written, so that it ends before the lease. */
export function beginSendPermit(clocks: SendClocks): SendPermit {
  const [monotonicMs, wallMs] = [clocks.monotonicMs(), clocks.wallMs()];
  return {
    isOpen: () =>
      clocks.monotonicMs() - monotonicMs < SEND_WITHIN_MS && clocks.wallMs() - wallMs < SEND_WITHIN_MS,
  };
}
