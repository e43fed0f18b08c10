// The decoder of last resort: zxing in JavaScript on the page itself, for browsers in which no worker or no WebAssembly starts.
// It reads fewer pictures, no UPC-E and no DataBar. Its own small reader is used, because the library's collection of all readers
// writes a warning for every picture without a code.

import { BrowserCodeReader } from '@zxing/browser';
import {
  BarcodeFormat,
  DecodeHintType,
  MultiFormatOneDReader,
  NotFoundException,
  QRCodeReader,
  type BinaryBitmap,
  type Reader,
  type Result,
} from '@zxing/library';
import type { CodeFormat, Decoder } from './decoded-code.ts';

const FORMATS: ReadonlyMap<BarcodeFormat, CodeFormat> = new Map([
  [BarcodeFormat.EAN_13, 'EAN13'],
  [BarcodeFormat.EAN_8, 'EAN8'],
  [BarcodeFormat.UPC_A, 'UPCA'],
  [BarcodeFormat.CODE_128, 'Code128'],
  [BarcodeFormat.CODE_39, 'Code39'],
  [BarcodeFormat.ITF, 'ITF'],
  [BarcodeFormat.QR_CODE, 'QRCode'],
]);

export function createBasicDecoder(document: Pick<Document, 'createElement'>): Decoder {
  const hints = new Map<DecodeHintType, unknown>([[DecodeHintType.POSSIBLE_FORMATS, [...FORMATS.keys()]]]);
  const reader = new BrowserCodeReader(linesThenMatrix(hints), hints);
  const canvas = document.createElement('canvas');
  return {
    kind: 'basic',
    decode(picture) {
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d', { willReadFrequently: true })?.drawImage(picture, 0, 0);
      picture.close();
      return Promise.resolve(decodeCanvas(reader, canvas));
    },
    close: () => undefined,
  };
}

function decodeCanvas(
  reader: BrowserCodeReader,
  canvas: HTMLCanvasElement,
): ReturnType<Decoder['decode']> extends Promise<infer Codes> ? Codes : never {
  try {
    const result = reader.decodeFromCanvas(canvas);
    const format = FORMATS.get(result.getBarcodeFormat());
    return format === undefined ? [] : [{ text: result.getText(), format, symbology: null, isGs1: false }];
  } catch {
    // No code in the picture is what the library throws for, whatever the class.
    return [];
  }
}

function linesThenMatrix(hints: Map<DecodeHintType, unknown>): Reader {
  const lines = new MultiFormatOneDReader(hints);
  const matrix = new QRCodeReader();
  return {
    decode(bitmap: BinaryBitmap): Result {
      for (const reader of [lines, matrix]) {
        try {
          return reader.decode(bitmap, hints);
        } catch {
          reader.reset();
        }
      }
      throw new NotFoundException();
    },
    reset() {
      lines.reset();
      matrix.reset();
    },
  };
}
