import { describe, expect, it } from 'vitest';
import { NO_DEVICES, type DeviceBook } from '../device-ports.ts';
import { parseDeviceBook, readDeviceBook, wedgeOf, writeDeviceBook } from './device-book.ts';

const BOOK: DeviceBook = {
  printers: [
    {
      id: 'p1',
      name: 'Counter',
      connection: { kind: 'usb', vendorId: 0x04b8, productId: 0x0e28, serialNumber: null },
      columns: 42,
      profile: 'TM-T20II',
      cut: 'full',
      drawerPin: 1,
      insteadId: 'screen',
    },
    {
      id: 'office',
      name: 'Office',
      connection: { kind: 'network', printerId: 'office' },
      columns: 32,
      profile: '',
      cut: 'none',
      drawerPin: null,
      insteadId: null,
    },
  ],
  scanners: [
    {
      id: 's1',
      name: 'Hand scanner',
      connection: { kind: 'serial', usbVendorId: 1027, usbProductId: 24_577, baudRate: 9_600 },
    },
  ],
  wedge: { prefix: '~', suffix: 'tab', gapMaxMs: 80 },
};

describe('the devices of a till', () => {
  it('are read as they were written', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(writeDeviceBook(storage, BOOK)).toBe(true);
    expect(readDeviceBook(storage)).toEqual(BOOK);
  });

  it('that cannot be read count as not set up, and the others stay', () => {
    expect(readDeviceBook({ getItem: () => '{"printers":', setItem: () => undefined })).toEqual(NO_DEVICES);
    for (const damaged of [null, 7, 'x', [], { printers: 'x', scanners: {} }])
      expect(parseDeviceBook(damaged).printers).toEqual([]);
    const one = { id: 'p2', connection: { kind: 'usb', vendorId: 'x', productId: 1 } };
    expect(parseDeviceBook({ ...BOOK, printers: [one, null, ...BOOK.printers] }).printers).toEqual(
      BOOK.printers,
    );
  });

  it('of a storage that refuses hold until the window is closed', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(writeDeviceBook(full, BOOK)).toBe(false);
  });

  it('pauses out of bounds become the nearest that works', () => {
    expect(wedgeOf({ gapMaxMs: 5, suffix: 'x', prefix: '123456789' })).toEqual({
      prefix: '12345678',
      suffix: 'either',
      gapMaxMs: 20,
    });
    expect(wedgeOf({ gapMaxMs: 90_000 }).gapMaxMs).toBe(1_000);
  });
});
