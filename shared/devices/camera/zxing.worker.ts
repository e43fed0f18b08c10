// Reads codes out of pictures with zxing-wasm, away from the page: a picture comes in, the codes in it go out. The engine's
// file is one of ours (no other origin is ever asked); it is loaded with the first picture.

import { prepareZXingModule, readBarcodes, type ReaderOptions, type ReadResult } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { enlargeMiddle, evenContrast, greyOf, rgbaOf, sharpen, type GreyPicture } from './clear-picture.ts';
import { CODE_FORMATS, isCodeFormat, type DecodedCode } from './decoded-code.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker-decoder.ts';

prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

const SHARED: ReaderOptions = {
  formats: [...CODE_FORMATS],
  textMode: 'Plain',
  maxNumberOfSymbols: 1,
  // As many lines of the picture must agree on bars; with fewer, bars are misread now and then.
  minLineCount: 3,
};

/** Worked on, a picture may show bars that are not there; kinds without a check digit of their own are not believed then. */
const SURE_FORMATS = CODE_FORMATS.filter((format) => format !== 'ITF' && format !== 'Code39');
type Cleared = {
  readonly clear: (grey: GreyPicture) => GreyPicture;
  readonly binarizer: NonNullable<ReaderOptions['binarizer']>;
};
/** Shadows and reflections; codes that are small or not quite sharp; noise that a look at each spot alone takes for dots. */
const CLEARED: readonly Cleared[] = [
  { clear: evenContrast, binarizer: 'LocalAverage' },
  { clear: (grey) => sharpen(enlargeMiddle(grey)), binarizer: 'LocalAverage' },
  { clear: enlargeMiddle, binarizer: 'GlobalHistogram' },
];

const OPTIONS: Readonly<Record<'quick' | 'thorough', ReaderOptions>> = {
  quick: { ...SHARED, tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false },
  thorough: { ...SHARED, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true },
};

let canvas: OffscreenCanvas | null = null;

self.onmessage = ({ data }: MessageEvent<WorkerQuestion>): void => {
  void answer(data).then((said) => self.postMessage(said, { transfer: [] }));
};

async function answer({ id, picture, effort }: WorkerQuestion): Promise<WorkerAnswer> {
  try {
    const pixels = pixelsOf(picture);
    const codes = await codesIn(pixels, OPTIONS[effort === 'quick' ? 'quick' : 'thorough']);
    const isFound = codes.length > 0 || effort !== 'searching';
    return { id, ok: true, codes: isFound ? codes : await search(pixels) };
  } catch (problem) {
    return { id, ok: false, problem: problem instanceof Error ? problem.message : String(problem) };
  }
}

async function codesIn(pixels: ImageData, options: ReaderOptions): Promise<readonly DecodedCode[]> {
  const results = await readBarcodes(pixels, options);
  return results.filter((result) => result.isValid).flatMap(decodedCode);
}

/** The first code that one of the cleared pictures shows. */
async function search({ width, height, data }: ImageData): Promise<readonly DecodedCode[]> {
  const grey = greyOf(width, height, data);
  for (const { clear, binarizer } of CLEARED) {
    const picture = clear(grey);
    const pixels = new ImageData(rgbaOf(picture), picture.width, picture.height);
    const codes = await codesIn(pixels, { ...OPTIONS.thorough, formats: SURE_FORMATS, binarizer });
    if (codes.length > 0) return codes;
  }
  return [];
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
