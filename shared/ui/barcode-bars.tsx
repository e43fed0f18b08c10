// Draws a Code 128 (set B) as bars, so that a receipt on the screen or from the browser's printer scans like one
// from the receipt printer. Source: ISO/IEC 15417, widths of the 107 symbols; the check symbol is the weighted sum
// modulo 103. An EAN-13 is drawn as Code 128 too: it holds the same digits.

import type { JSX } from 'preact';

const WIDTHS =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221' +
  '223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321' +
  '112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131' +
  '311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114' +
  '122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141' +
  '214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232';
const STOP = '2331112';
const START_B = 104;
const SYMBOL_WIDTHS = 6;
const QUIET_MODULES = 10;

/** Widths of bars and gaps in turn, in modules, from the first bar to the last; null when a sign is not in set B. */
export function code128Widths(text: string): readonly number[] | null {
  if (!/^[\x20-\x7E]{1,80}$/.test(text)) return null;
  const values = [START_B, ...[...text].map((sign) => sign.charCodeAt(0) - 32)];
  const sum = values.reduce((total, value, place) => total + value * Math.max(1, place), 0);
  const symbols = [...values, sum % 103].map((value) =>
    WIDTHS.slice(value * SYMBOL_WIDTHS, (value + 1) * SYMBOL_WIDTHS),
  );
  return [...(symbols.join('') + STOP)].map(Number);
}

export function BarcodeBars(props: {
  readonly code: string;
  readonly symbology: 'code128' | 'ean13';
}): JSX.Element | null {
  const widths = code128Widths(props.code);
  if (widths === null) return null;
  let at = QUIET_MODULES;
  let path = '';
  for (const [place, width] of widths.entries()) {
    if (place % 2 === 0) path += `M${at} 0h${width}v40h-${width}z`;
    at += width;
  }
  return (
    <figure class="receipt-barcode">
      <svg
        viewBox={`0 0 ${at + QUIET_MODULES} 40`}
        preserveAspectRatio="none"
        role="img"
        aria-label={props.code}
      >
        <path d={path} />
      </svg>
      <figcaption class="ltr">{props.code}</figcaption>
    </figure>
  );
}
