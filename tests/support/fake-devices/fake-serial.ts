// Web Serial without a serial line: real streams over a host, which hang, lose the line or refuse to open when the test says so.

import { deviceError, never, type CableFaults, type DeviceHost } from './device-host.ts';

type Given = { readonly host: DeviceHost; readonly faults: CableFaults };

export class FakeSerialPort {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  isPluggedIn = true;
  /** How it was opened last. */
  options: SerialOptions | null = null;
  readonly #given: Given;
  readonly #onUnplug: () => void;
  #reader: ReadableStreamDefaultController<Uint8Array> | null = null;
  #lose: (error: unknown) => void = () => undefined;

  constructor(given: Given, onUnplug: () => void = () => undefined) {
    this.#given = given;
    this.#onUnplug = onUnplug;
    given.host.onSay((bytes) => this.#reader?.enqueue(bytes));
  }

  getInfo(): SerialPortInfo {
    return { usbVendorId: 0x0403, usbProductId: 0x6001 };
  }

  open(options: SerialOptions): Promise<void> {
    if (!this.isPluggedIn) return Promise.reject(deviceError('NotFoundError', 'The port is gone.'));
    if (this.#given.faults.atOpen() !== 'none')
      return Promise.reject(deviceError('NetworkError', 'Failed to open serial port.'));
    if (this.writable !== null)
      return Promise.reject(deviceError('InvalidStateError', 'The port is already open.'));
    this.options = options;
    this.#given.host.opened();
    const lost = new Promise<never>((_, reject) => {
      this.#lose = reject;
    });
    // Nobody may be writing when the line is lost.
    lost.catch(() => undefined);
    this.readable = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#reader = controller;
      },
      cancel: () => {
        this.#reader = null;
      },
    });
    this.writable = new WritableStream<Uint8Array>({
      write: (bytes, controller) =>
        Promise.race([
          this.#take(bytes),
          lost,
          new Promise<void>((resolve) => controller.signal.addEventListener('abort', () => resolve())),
        ]),
    });
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.writable?.locked === true || this.readable?.locked === true)
      return Promise.reject(new TypeError('A stream of the port is locked.'));
    if (this.writable !== null && this.isPluggedIn) this.#given.host.closed();
    this.readable = null;
    this.writable = null;
    return Promise.resolve();
  }

  unplug(): void {
    if (!this.isPluggedIn) return;
    this.isPluggedIn = false;
    if (this.writable !== null) this.#given.host.lost();
    const error = deviceError('NetworkError', 'The device has been lost.');
    this.#lose(error);
    this.#reader?.error(error);
    this.#reader = null;
    this.#onUnplug();
  }

  plugIn(): void {
    this.isPluggedIn = true;
  }

  async #take(bytes: Uint8Array): Promise<void> {
    const { host, faults } = this.#given;
    const half = bytes.slice(0, Math.floor(bytes.length / 2));
    switch (faults.next(bytes.length)) {
      case 'hang':
        await host.take(half);
        return never();
      case 'unplug':
        await host.take(half);
        this.unplug();
        return never();
      case 'stall':
      case 'short':
      case 'none':
        // A serial line neither stalls nor falls short: the stream keeps what is not taken yet.
        return host.take(bytes.slice());
    }
  }
}
