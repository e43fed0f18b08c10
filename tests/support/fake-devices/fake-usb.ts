// WebUSB without USB: a printer with the interfaces that real ones have (firmware first, the printer class second), whose
// transfers stall, fall short, hang or lose the device when the test says so.

import { deviceError, never, type CableFaults, type DeviceHost } from './device-host.ts';

const FIRMWARE_INTERFACE = 0;
const PRINTER_INTERFACE = 2;
const OUT = 1;
const IN = 2;

type Given = { readonly host: DeviceHost; readonly faults: CableFaults; readonly name: string };

export class FakeUsbDevice {
  readonly vendorId = 0x04b8;
  readonly productId = 0x0e28;
  readonly serialNumber: string;
  readonly productName: string;
  readonly manufacturerName = 'Fake';
  readonly configurations: readonly USBConfiguration[] = [configuration()];
  opened = false;
  configuration: USBConfiguration | null = null;
  isPluggedIn = true;
  readonly #given: Given;
  readonly #waiting: { resolve: (bytes: Uint8Array) => void; reject: (error: unknown) => void }[] = [];
  readonly #said: Uint8Array[] = [];
  readonly #onUnplug: () => void;
  #abort: ((error: unknown) => void)[] = [];
  #isHalted = false;
  #claimed = new Set<number>();

  constructor(given: Given, onUnplug: () => void = () => undefined) {
    this.#given = given;
    this.#onUnplug = onUnplug;
    this.productName = given.name;
    this.serialNumber = `serial-${given.name}`;
    given.host.onSay((bytes) => {
      const reader = this.#waiting.shift();
      if (reader === undefined) this.#said.push(bytes);
      else reader.resolve(bytes);
    });
  }

  open(): Promise<void> {
    this.#mustBeThere();
    if (this.#given.faults.atOpen() === 'claimed')
      return Promise.reject(deviceError('SecurityError', 'Access denied.'));
    this.opened = true;
    this.#isHalted = false;
    this.#said.length = 0;
    this.#given.host.opened();
    return Promise.resolve();
  }

  selectConfiguration(value: number): Promise<void> {
    this.configuration = this.configurations.find((each) => each.configurationValue === value) ?? null;
    return Promise.resolve();
  }

  claimInterface(number: number): Promise<void> {
    if (this.#given.faults.atOpen() === 'claim-hangs') return this.#untilClosed(never());
    this.#claimed.add(number);
    return Promise.resolve();
  }

  selectAlternateInterface(): Promise<void> {
    return Promise.resolve();
  }

  async transferOut(endpoint: number, data: BufferSource): Promise<USBOutTransferResult> {
    this.#mustBeThere();
    if (endpoint !== OUT || !this.#claimed.has(PRINTER_INTERFACE))
      throw deviceError('NotFoundError', 'The endpoint is not part of a claimed interface.');
    const bytes = bytesOf(data);
    if (this.#isHalted) return { bytesWritten: 0, status: 'stall' };
    const { host, faults } = this.#given;
    switch (faults.next(bytes.length)) {
      case 'stall':
        this.#isHalted = true;
        return { bytesWritten: 0, status: 'stall' };
      case 'short': {
        const half = Math.ceil(bytes.length / 2);
        await this.#untilClosed(host.take(bytes.slice(0, half)));
        return { bytesWritten: half, status: 'ok' };
      }
      case 'hang':
        await this.#untilClosed(host.take(bytes.slice(0, Math.floor(bytes.length / 2))));
        return this.#untilClosed(never());
      case 'unplug':
        await this.#untilClosed(host.take(bytes.slice(0, Math.floor(bytes.length / 2))));
        this.unplug();
        throw deviceError('NetworkError', 'A transfer error has occurred.');
      case 'none':
        await this.#untilClosed(host.take(bytes));
        return { bytesWritten: bytes.length, status: 'ok' };
    }
  }

  async transferIn(endpoint: number): Promise<USBInTransferResult> {
    this.#mustBeThere();
    if (endpoint !== IN) throw deviceError('NotFoundError', 'There is no such endpoint.');
    const said = this.#said.shift();
    const bytes =
      said ??
      (await new Promise<Uint8Array>((resolve, reject) => void this.#waiting.push({ resolve, reject })));
    return { data: new DataView(bytes.slice().buffer), status: 'ok' };
  }

  clearHalt(): Promise<void> {
    this.#isHalted = false;
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.opened) this.#given.host.closed();
    this.#end('AbortError');
    return Promise.resolve();
  }

  unplug(): void {
    if (!this.isPluggedIn) return;
    this.isPluggedIn = false;
    if (this.opened) this.#given.host.lost();
    this.#end('NetworkError');
    this.#onUnplug();
  }

  plugIn(): void {
    this.isPluggedIn = true;
  }

  #end(name: string): void {
    this.opened = false;
    this.#claimed = new Set();
    const error = deviceError(name, 'The device was closed.');
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    for (const abort of this.#abort.splice(0)) abort(error);
  }

  #untilClosed<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#abort.push(reject);
      work.then(resolve, reject);
    });
  }

  #mustBeThere(): void {
    if (!this.isPluggedIn) throw deviceError('NotFoundError', 'The device was disconnected.');
  }
}

export function bytesOf(data: BufferSource): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
    : new Uint8Array(data).slice();
}

/** A vendor's own interface with an OUT endpoint stands before the printer's, as on real printers. */
function configuration(): USBConfiguration {
  const endpoint = (endpointNumber: number, direction: USBDirection): USBEndpoint => ({
    endpointNumber,
    direction,
    type: 'bulk',
    packetSize: 64,
  });
  const one = (interfaceNumber: number, interfaceClass: number, endpoints: USBEndpoint[]): USBInterface =>
    ({
      interfaceNumber,
      claimed: false,
      alternates: [{ alternateSetting: 0, interfaceClass, endpoints }],
    }) as unknown as USBInterface;
  return {
    configurationValue: 1,
    interfaces: [
      one(FIRMWARE_INTERFACE, 0xff, [endpoint(5, 'out')]),
      one(PRINTER_INTERFACE, 7, [endpoint(OUT, 'out'), endpoint(IN, 'in')]),
    ],
  } as unknown as USBConfiguration;
}
