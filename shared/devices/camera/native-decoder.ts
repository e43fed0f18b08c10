// The browser's own decoder (Barcode Detection API), where it has every kind of code that a shop cannot do without. Some
// browsers have the class and read nothing with it, so it is asked what it reads first.

import type { CodeFormat, DecodedCode, Decoder } from './decoded-code.ts';

/** Names of the API, and ours. It knows no DataBar. */
const FORMATS: ReadonlyMap<string, CodeFormat> = new Map([
  ['ean_13', 'EAN13'],
  ['ean_8', 'EAN8'],
  ['upc_a', 'UPCA'],
  ['upc_e', 'UPCE'],
  ['code_128', 'Code128'],
  ['code_39', 'Code39'],
  ['itf', 'ITF'],
  ['qr_code', 'QRCode'],
  ['data_matrix', 'DataMatrix'],
]);

export type NativeDetector = {
  detect(picture: ImageBitmap): Promise<readonly { readonly rawValue: string; readonly format: string }[]>;
};
export type NativeDetectorClass = {
  new (options: { readonly formats: readonly string[] }): NativeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/** The decoder of this browser, or null where it has none or one that misses kinds of codes. */
export async function createNativeDecoder(
  detectors: NativeDetectorClass | undefined,
): Promise<Decoder | null> {
  if (detectors === undefined) return null;
  const supported = new Set(await detectors.getSupportedFormats().catch(() => []));
  const formats = [...FORMATS.keys()];
  if (!formats.every((format) => supported.has(format))) return null;
  const detector = new detectors({ formats });
  return {
    kind: 'native',
    async decode(picture) {
      try {
        const found = await detector.detect(picture);
        return found.flatMap(({ rawValue, format }): DecodedCode[] => {
          const known = FORMATS.get(format);
          return known === undefined
            ? []
            : [{ text: rawValue, format: known, symbology: null, isGs1: false }];
        });
      } finally {
        picture.close();
      }
    },
    close: () => undefined,
  };
}
