// Reads scanned codes in the key handler. Codes with GS1 fields need a reader and a table of their own, which are fetched
// once the till has begun to sell, so that it is ready before them.

import { parseBarcode, type BarcodeOptions } from '../../shared/domain/barcode.ts';
import { mayHaveFields } from '../../shared/domain/gs1/may-have-fields.ts';
import { toAsciiDigits } from '../../shared/domain/parse-decimal.ts';
import type { ScannedCode } from '../../shared/domain/scanned-code.ts';

type ReadFields = (code: string, options: BarcodeOptions) => ScannedCode;

let readFields: ReadFields | null = null;

/** Fetches the reader of fields; asked again it is there already. Rejects where it cannot be fetched. */
export async function fetchFieldReader(): Promise<void> {
  readFields ??= (await import('../../shared/domain/scanned-code.ts')).parseScannedCode;
}

/** Must the reader of fields be fetched before this code can be read? */
export function isReaderMissing(code: string): boolean {
  return readFields === null && mayHaveFields(toAsciiDigits(code.trim()));
}

/** Reads one code as it comes; one with fields only after its reader has been fetched. */
export function readScannedCode(code: string, options: BarcodeOptions): ScannedCode {
  return readFields === null ? parseBarcode(code, options) : readFields(code, options);
}
