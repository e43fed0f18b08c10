// A picture of black and white dots as a PNG file: one bit a dot, no library.

import { crc32 as zlibCrc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** PNG of rows padded to whole bytes, bit 1 = black. */
export function pngOfBits(width: number, height: number, rows: Uint8Array): Buffer {
  const bytesPerRow = Math.ceil(width / 8);
  const scanlines = Buffer.alloc((bytesPerRow + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < bytesPerRow; x += 1) {
      // PNG grey of one bit: 0 is black.
      scanlines[y * (bytesPerRow + 1) + 1 + x] = ~(rows[y * bytesPerRow + x] ?? 0) & 0xff;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanlines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(data: Buffer): number {
  // Node has it from 20.15 on; the types of Node 20 know it as optional.
  return zlibCrc32(data) >>> 0;
}
