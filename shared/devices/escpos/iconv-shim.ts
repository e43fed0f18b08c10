// Stands in for iconv-lite when escpos-buffer is bundled for the browser (alias in vite.config.ts): the same
// code pages from a tenth of the bytes. Text comes here only after `codePageRuns` has found the page for it.

import CodepageEncoder, { type Codepage } from '@point-of-sale/codepage-encoder';
import { Buffer } from 'buffer';

const windowsNames: Readonly<Record<string, Codepage>> = {
  cp1250: 'windows1250',
  cp1251: 'windows1251',
  cp1252: 'windows1252',
};

/** iconv-lite's `encode`, for the single-byte pages that escpos-buffer names. */
export function encode(text: string, page: string): Buffer {
  // The page is one of escpos-buffer's own names; the encoder throws on a name that it does not know.
  return Buffer.from(CodepageEncoder.encode(text, windowsNames[page] ?? (page as Codepage)));
}
