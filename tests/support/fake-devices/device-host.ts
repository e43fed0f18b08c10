// What stands at the other end of a fake cable: it takes bytes and says some. The fakes (USB, serial) know only this, so the
// same fakes run in a page, with the printer in the test's process, and in a unit test, with the printer beside them.

export type DeviceHost = {
  /** The device was opened: a job begins. */
  opened(): void;
  /** Resolves when the device has taken the bytes; without paper that may be never. */
  take(bytes: Uint8Array): Promise<void>;
  onSay(listener: (bytes: Uint8Array) => void): void;
  /** The device was closed properly. */
  closed(): void;
  /** The power or the cable is gone: what was in the device's memory is lost. */
  lost(): void;
};

/** What a cable does to the next piece; a fault is used up by one. */
export const CABLE_FAULTS = ['none', 'stall', 'short', 'hang', 'unplug'] as const;
export type CableFault = (typeof CABLE_FAULTS)[number];

/** What happens when somebody opens the device. */
export type OpenFault = 'none' | 'claimed' | 'claim-hangs';

export type CableFaults = {
  /** Asked once for each piece of `length` bytes. */
  readonly next: (length: number) => CableFault;
  readonly atOpen: () => OpenFault;
};

export const NO_FAULTS: CableFaults = { next: () => 'none', atOpen: () => 'none' };

export const never = (): Promise<never> => new Promise(() => undefined);

export function deviceError(name: string, text: string): DOMException {
  return new DOMException(text, name);
}
