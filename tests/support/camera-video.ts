// A video that Chromium shows as its camera (YUV4MPEG2, grey): scenes with bars, a QR code or nothing in the middle.

import { closeSync, openSync, writeSync } from 'node:fs';
import { ean13Modules, qrModules } from '../../shared/devices/paper/symbols.ts';

export type Scene = {
  readonly seconds: number;
  readonly shows: { readonly ean13: string } | { readonly qr: string } | 'nothing';
};

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_PER_SECOND = 10;
const [WHITE, BLACK, NO_COLOUR] = [235, 16, 128];

/** Writes the scenes one after the other; Chromium begins again at the end. */
export function writeCameraVideo(file: string, scenes: readonly Scene[]): void {
  const handle = openSync(file, 'w');
  try {
    writeSync(
      handle,
      `YUV4MPEG2 W${String(WIDTH)} H${String(HEIGHT)} F${String(FRAMES_PER_SECOND)}:1 Ip A1:1 C420jpeg\n`,
    );
    const colour = Buffer.alloc((WIDTH / 2) * (HEIGHT / 2) * 2, NO_COLOUR);
    for (const { seconds, shows } of scenes) {
      const frame = Buffer.concat([Buffer.from('FRAME\n'), drawn(shows), colour]);
      for (let count = 0; count < seconds * FRAMES_PER_SECOND; count += 1) writeSync(handle, frame);
    }
  } finally {
    closeSync(handle);
  }
}

function drawn(shows: Scene['shows']): Buffer {
  const picture = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  if (shows === 'nothing') return picture;
  // Bars are one row of modules, drawn high; a QR code is as many rows as columns.
  const rows = 'qr' in shows ? qrModules(shows.qr) : [ean13Modules(shows.ean13)];
  const columns = rows[0]?.length ?? 0;
  const module = 'qr' in shows ? Math.floor(280 / columns) : 4;
  const rowHeight = 'qr' in shows ? module : 160;
  const left = Math.floor((WIDTH - columns * module) / 2);
  const top = Math.floor((HEIGHT - rows.length * rowHeight) / 2);
  for (let y = 0; y < rows.length * rowHeight; y += 1) {
    for (let x = 0; x < columns * module; x += 1) {
      const isBlack = rows[Math.floor(y / rowHeight)]?.[Math.floor(x / module)] === true;
      if (isBlack) picture[(top + y) * WIDTH + left + x] = BLACK;
    }
  }
  return picture;
}
