import { describe, expect, it } from 'vitest';
import { FakeHidDevice } from '../../../tests/support/fake-devices/fake-hid.ts';
import type { ScanEvent } from '../ports.ts';
import { openHidScanner, shapesOf } from './hid-scanner.ts';
import { createCodeCutter } from './serial-scanner.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a scanner in HID POS mode', () => {
  async function opened() {
    const device = new FakeHidDevice();
    const scans: ScanEvent[] = [];
    // The fake has what the driver uses of a HIDDevice.
    const close = await openHidScanner(device as unknown as HIDDevice, (event) => scans.push(event));
    return { device, scans, close };
  }

  it('says the code and which kind of bars it was', async () => {
    const { device, scans, close } = await opened();
    device.scan('4006381333931', ']E0');
    expect(scans).toMatchObject([{ code: '4006381333931', source: 'hid', symbology: ']E0' }]);
    await close();
    device.scan('4006381333931');
    expect(scans).toHaveLength(1);
  });

  it('joins a long code from several reports', async () => {
    const { device, scans } = await opened();
    const link = `https://id.gs1.org/01/09521234543213/10/ABC/21/${'7'.repeat(40)}?17=301231`;
    device.scan(link, ']Q1');
    expect(scans.map(({ code }) => code)).toEqual([link]);
  });

  it('is not one while it shows itself as a keyboard', () => {
    const keyboard = { usagePage: 1, usage: 6, children: [], inputReports: [] };
    expect(shapesOf([keyboard]).size).toBe(0);
  });
});

describe('a scanner on a serial line', () => {
  const cut = (...pieces: string[]) => {
    const cutter = createCodeCutter(() => 7);
    return pieces
      .flatMap((piece) => cutter.push(utf8(piece)))
      .map(({ code, symbology }) => [code, symbology]);
  };

  it('ends a code with CR or LF, however the line cuts it', () => {
    expect(cut('40063', '81333931\r', '\n5901234123457\n')).toEqual([
      ['4006381333931', undefined],
      ['5901234123457', undefined],
    ]);
  });

  it('takes the AIM prefix off and keeps FNC1, without the frame around the code', () => {
    expect(cut('\u0002]C10109521234543213\u001d10ABC\u0003\r')).toEqual([
      ['0109521234543213\u001d10ABC', ']C1'],
    ]);
  });

  it('that sends nothing after a code ends it with a pause', () => {
    const cutter = createCodeCutter(() => 7);
    expect(cutter.push(utf8('4006381333931'))).toEqual([]);
    expect(cutter.pause()).toMatchObject([{ code: '4006381333931', source: 'serial', atMs: 7 }]);
    expect(cutter.pause()).toEqual([]);
  });
});
