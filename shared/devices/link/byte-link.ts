// A cable to a device, as bytes: what USB, serial lines, Bluetooth and TCP have in common. A link never throws and never
// hangs for ever by itself; whoever writes says how long it may take (printer-talk.ts).

import type { Outcome } from '../../domain/refusal.ts';

/** Why a link did not take bytes; each has a sentence under `refusal.<reason>`. */
export type LinkRefusal =
  /** The device is gone: unplugged, out of range, switched off. */
  | 'printer-unplugged'
  /** It is there and takes nothing. */
  | 'printer-stalled';

/** Why a link did not open. Nothing was sent. */
export type OpenRefusal =
  | 'printer-unplugged'
  /** The browser needs a person to choose the device again. */
  | 'printer-needs-permission'
  /** Another program or the system's own driver holds it. */
  | 'printer-claimed'
  /** It has no place to send bytes to. */
  | 'printer-wrong-kind'
  /** This browser cannot reach such devices. */
  | 'printer-not-supported'
  | 'printer-unreachable'
  | 'printer-not-answering';

export type ByteLink = {
  /** Largest piece that `write` takes at once. */
  readonly chunkBytes: number;
  /** True where the device can say something too. */
  readonly canRead: boolean;
  /** Resolves when the device has taken the piece; never rejects. */
  write(chunk: Uint8Array): Promise<Outcome<null, LinkRefusal>>;
  /** Calls back with what the device says, until the returned function is called. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /**
   * Says that nothing more comes, and resolves when the other side has got everything. Only where bytes are under way longer
   * than a write takes (TCP).
   */
  finish?(): Promise<Outcome<null, LinkRefusal>>;
  /** Frees the device; a write that hangs is given up. Never rejects. */
  close(): Promise<void>;
};

/** Opens the link anew; the composition root and the set-up know to which device. */
export type OpenLink = () => Promise<Outcome<ByteLink, OpenRefusal>>;

/** Listeners of one link. */
export type Listeners<Value> = {
  add(listener: (value: Value) => void): () => void;
  tell(value: Value): void;
};

export function createListeners<Value>(): Listeners<Value> {
  const listeners = new Set<(value: Value) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(value) {
      for (const listener of listeners) listener(value);
    },
  };
}
