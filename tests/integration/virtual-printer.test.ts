// The judge must be right before it judges: the virtual printer finds each kind of fault, and behaves like a
// printer when paper, power or the network fail.

import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeReceipt } from '../../shared/devices/escpos/encode-receipt.ts';
import { paperOfColumns } from '../../shared/devices/escpos/printer-profiles.ts';
import { drawerPulse } from '../../shared/devices/escpos/commands.ts';
import type { Paper } from '../../shared/devices/paper/paper.ts';
import { decodeJob, startVirtualPrinter, type VirtualPrinter } from '../support/virtual-printer.ts';

// The package has no named exports for Node's modules; what `require` gives is what its types describe.
const zxing = createRequire(import.meta.url)('@zxing/library') as typeof import('@zxing/library');

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

describe('faults that the virtual printer finds', () => {
  it.each([
    ['an unknown command', bytes([0x1b, 0x5a]), 'byte 0: unknown command 1b 5a'],
    ['a control byte in text', bytes('Tea', [0x07], '\n'), 'byte 3: control byte 07 in text'],
    [
      'a code page that few printers have',
      bytes([0x1b, 0x74, 50]),
      'byte 0: ESC t 50: a code page that few printers have there',
    ],
    [
      'a job that ends inside a command',
      bytes([0x1d, 0x76, 0x30, 0, 2, 0, 2, 0, 0xff]),
      'byte 0: the job ends inside a command (1d 76 30 00 02 00 02 00 ff)',
    ],
    [
      'a raster of more rows than all printers take',
      bytes([0x1d, 0x76, 0x30, 0, 1, 0, 0, 1]),
      'byte 0: GS v 0: 1 bytes by 256 rows is not safe on all printers',
    ],
    [
      'a wrong EAN-13',
      bytes([0x1d, 0x6b, 67, 13], '4006381333932'),
      'byte 0: GS k 67: 4006381333932 is no EAN-13',
    ],
    [
      'a line past the edge',
      bytes('x'.repeat(33), '\n'),
      `"${'x'.repeat(33)}" takes 33 columns, the paper has 32`,
    ],
  ])('%s', (_name, job, fault) => {
    expect(decodeJob(job, 384).faults[0]).toBe(fault);
  });

  it('counts every drawer pulse, also one that came inside a name', () => {
    const job = decodeJob(bytes('Evil\x1bp\x00\x19\xfaItem\n'), 384);
    expect(job).toMatchObject({ drawerPulses: 1, text: 'EvilItem' });
    expect(decodeJob(drawerPulse({ pin: 1, onMs: 120, offMs: 240 }), 384).operations).toEqual([
      { kind: 'drawer-pulse', pin: 1, onMs: 120, offMs: 240 },
    ]);
  });
});

describe('the picture of the paper', () => {
  it('can be scanned back: Code 128, EAN-13 and a QR code', async () => {
    const { CODE_128, EAN_13, QR_CODE } = zxing.BarcodeFormat;
    const codes = [
      {
        block: { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
        text: '01-02-A000017',
        format: CODE_128,
      },
      {
        block: { kind: 'barcode', symbology: 'ean13', code: '4006381333931' },
        text: '4006381333931',
        format: EAN_13,
      },
      {
        block: { kind: 'qr', text: 'https://example.org/رسید/17' },
        text: 'https://example.org/رسید/17',
        format: QR_CODE,
      },
    ] as const;
    for (const { block, text, format } of codes) {
      const encoded = await encodeReceipt(
        { language: 'en', blocks: [{ kind: 'blank' }, block, { kind: 'blank' }] },
        paperOfColumns(48),
        null,
      );
      if (!encoded.ok) throw new Error(encoded.reason);
      expect(scan(decodeJob(encoded.value, 576).paper.bits(), format)).toBe(text);
    }
  });
});

function scan(bits: ReturnType<Paper['bits']>, format: number): string {
  const grey = new Uint8ClampedArray(bits.width * bits.height);
  for (const [y, row] of bits.rows.entries()) {
    for (let x = 0; x < bits.width; x += 1)
      grey[y * bits.width + x] = ((row[x >> 3] ?? 0) & (0x80 >> (x & 7))) === 0 ? 255 : 0;
  }
  const source = new zxing.RGBLuminanceSource(grey, bits.width, bits.height);
  const hints = new Map<unknown, unknown>([[zxing.DecodeHintType.POSSIBLE_FORMATS, [format]]]);
  const reader = new zxing.MultiFormatReader();
  return reader.decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source)), hints as never).getText();
}

describe('a printer on the network', () => {
  let printer: VirtualPrinter | null = null;
  const sockets: Socket[] = [];
  const dial = async (port: number): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await printer?.close();
    printer = null;
  });

  it('answers status questions and keeps each connection as one job', async () => {
    printer = await startVirtualPrinter();
    const socket = await dial(printer.port);
    socket.write(bytes([0x10, 4, 1]));
    expect(await once(socket, 'data')).toEqual([Buffer.from([0x16])]);
    socket.write(bytes('Tea\n', [0x1d, 0x72, 1]));
    expect(await once(socket, 'data')).toEqual([Buffer.from([0])]);
    socket.end();
    expect(await printer.job(1)).toMatchObject({ text: 'Tea', faults: [], isComplete: true });
  });

  it('without paper says so, keeps the bytes and prints them when paper is loaded', async () => {
    printer = await startVirtualPrinter();
    printer.setPaper('out');
    const socket = await dial(printer.port);
    socket.write(bytes([0x10, 4, 4]));
    expect(await once(socket, 'data')).toEqual([Buffer.from([0x7e])]);
    socket.write(bytes('Tea\n', [0x1d, 0x72, 1]));
    socket.write(bytes([0x10, 4, 2]));
    await once(socket, 'data');
    printer.setPaper('loaded');
    // The fence (GS r) is answered in order, so only after the line has been printed.
    expect(await once(socket, 'data')).toEqual([Buffer.from([0])]);
    socket.end();
    expect(await printer.job(1)).toMatchObject({ text: 'Tea', isComplete: true });
  });

  it('tells a job that never got its paper', async () => {
    printer = await startVirtualPrinter();
    printer.setPaper('out');
    const socket = await dial(printer.port);
    socket.end(bytes('Tea\n'));
    expect(await printer.job(1)).toMatchObject({ text: '', isComplete: false });
  });

  it('hangs without closing, and goes on after', async () => {
    printer = await startVirtualPrinter();
    printer.hang();
    const socket = await dial(printer.port);
    socket.write(bytes('Tea\n', [0x1d, 0x72, 1]));
    let isAnswered = false;
    socket.once('data', () => {
      isAnswered = true;
    });
    const other = await dial(printer.port);
    expect(isAnswered).toBe(false);
    other.destroy();
    printer.resume();
    await once(socket, 'data');
    socket.end();
    expect((await printer.job(1)).text).toBe('Tea');
  });

  it('cuts a job off after so many bytes', async () => {
    printer = await startVirtualPrinter();
    printer.cutOffAfter(6);
    const socket = await dial(printer.port);
    socket.write(bytes('Tea\nMilk\n'));
    await once(socket, 'close');
    expect(await printer.job(1)).toMatchObject({ text: 'Tea', bytes: Buffer.from('Tea\nMi') });
  });
});
