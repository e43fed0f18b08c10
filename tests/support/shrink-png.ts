// Makes a screenshot small enough to stand in a repository: at most 256 colours, one byte a pixel, packed again with all
// the strength zlib has. Screens have few colours; where there are more, the rare ones go to their nearest neighbour.

import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS_MAX = 256;

/** The same picture with a palette. Takes 8-bit RGB or RGBA without interlacing, as Chromium writes it. */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, channels, data } = decode(png);
  const { palette, indexOf } = choosePalette(data, channels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = indexOf(colourAt(data, (y * width + x) * channels));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(data: Buffer, at: number): number {
  return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
}

/** The most frequent colours, coarsened step by step until there are few enough. */
function choosePalette(
  data: Buffer,
  channels: number,
): { palette: readonly number[]; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += channels) {
    const colour = colourAt(data, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts]
    .toSorted((left, right) => right[1] - left[1])
    .slice(0, COLOURS_MAX)
    .map(([colour]) => colour);
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return {
    palette,
    indexOf: (colour) => {
      const found = known.get(colour);
      if (found !== undefined) return found;
      const nearest = nearestOf(palette, colour);
      known.set(colour, nearest);
      return nearest;
    },
  };
}

function nearestOf(palette: readonly number[], colour: number): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of palette.entries()) {
    const red = (candidate >> 16) - (colour >> 16);
    const green = ((candidate >> 8) & 0xff) - ((colour >> 8) & 0xff);
    const blue = (candidate & 0xff) - (colour & 0xff);
    const distance = red * red * 2 + green * green * 4 + blue * blue * 3;
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}

function decode(png: Buffer): { width: number; height: number; channels: number; data: Buffer } {
  let at = SIGNATURE.length;
  let [width, height, channels] = [0, 0, 4];
  const parts: Buffer[] = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      if (body[8] !== 8 || (body[9] !== 2 && body[9] !== 6) || body[12] !== 0)
        throw new Error('an unusual PNG');
      channels = body[9] === 6 ? 4 : 3;
    } else if (type === 'IDAT') parts.push(body);
    at += length + 12;
  }
  return {
    width,
    height,
    channels,
    data: unfiltered(inflateSync(Buffer.concat(parts)), { width, height, channels }),
  };
}

/** Undoes the five row filters of PNG. */
function unfiltered(raw: Buffer, size: { width: number; height: number; channels: number }): Buffer {
  const stride = size.width * size.channels;
  const data = Buffer.alloc(stride * size.height);
  for (let y = 0; y < size.height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= size.channels ? (data[at - size.channels] ?? 0) : 0;
      const up = y > 0 ? (data[at - stride] ?? 0) : 0;
      const corner = y > 0 && x >= size.channels ? (data[at - stride - size.channels] ?? 0) : 0;
      data[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, { left, up, corner });
    }
  }
  return data;
}

function predicted(filter: number, near: { left: number; up: number; corner: number }): number {
  switch (filter) {
    case 1:
      return near.left;
    case 2:
      return near.up;
    case 3:
      return (near.left + near.up) >> 1;
    case 4:
      return paeth(near);
    default:
      return 0;
  }
}

function paeth({ left, up, corner }: { left: number; up: number; corner: number }): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
