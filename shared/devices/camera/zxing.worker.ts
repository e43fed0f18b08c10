// Reads codes out of pictures with zxing-wasm, away from the page: a picture comes in, the codes in it go out. The engine's
// file is one of ours (no other origin is ever asked); it is loaded with the first picture.

import { prepareZXingModule, readBarcodes, type ReaderOptions, type ReadResult } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { CODE_FORMATS, isCodeFormat, type DecodedCode, type Effort } from './decoded-code.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker-decoder.ts';

prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

const SHARED: ReaderOptions = {
  formats: [...CODE_FORMATS],
  textMode: 'Plain',
  maxNumberOfSymbols: 1,
  // As many lines of the picture must agree on bars; with fewer, bars are misread now and then.
  minLineCount: 3,
};

const OPTIONS: Readonly<Record<Effort, ReaderOptions>> = {
  quick: { ...SHARED, tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false },
  thorough: { ...SHARED, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true },
};

let canvas: OffscreenCanvas | null = null;

self.onmessage = ({ data }: MessageEvent<WorkerQuestion>): void => {
  void answer(data).then((said) => self.postMessage(said, { transfer: [] }));
};

async function answer({ id, picture, effort }: WorkerQuestion): Promise<WorkerAnswer> {
  try {
    const results = await readBarcodes(pixelsOf(picture), OPTIONS[effort]);
    return { id, ok: true, codes: results.filter((result) => result.isValid).flatMap(decodedCode) };
  } catch (problem) {
    return { id, ok: false, problem: problem instanceof Error ? problem.message : String(problem) };
  }
}

function pixelsOf(picture: ImageBitmap): ImageData {
  const { width, height } = picture;
  if (canvas === null || canvas.width !== width || canvas.height !== height)
    canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser draws no pictures in a worker.');
  context.drawImage(picture, 0, 0);
  picture.close();
  return context.getImageData(0, 0, width, height);
}

function decodedCode({ text, format, symbologyIdentifier, contentType }: ReadResult): DecodedCode[] {
  if (!isCodeFormat(format)) return [];
  return [{ text, format, symbology: symbologyIdentifier, isGs1: contentType === 'GS1' }];
}
