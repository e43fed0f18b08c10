// Bars and QR codes as modules, as a printer makes them from the data it is sent: for the preview, for labels, and for
// printers that draw no symbols themselves.

import { encode } from 'uqr';

/** Bar and space widths of Code 128 by value: 104 starts set B, 106 stops. */
const CODE_128_WIDTHS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'.split(
    ' ',
  );

/** Modules from left to right, true = bar. */
export function code128Modules(code: string): boolean[] {
  const values = [104, ...Array.from(code, (letter) => letter.charCodeAt(0) - 32)];
  const sum = values.reduce((total, value, index) => total + value * Math.max(1, index), 0);
  const modules: boolean[] = [];
  for (const value of [...values, sum % 103, 106]) {
    for (const [index, width] of [...(CODE_128_WIDTHS[value] ?? '')].entries())
      modules.push(...Array.from({ length: Number(width) }, () => index % 2 === 0));
  }
  return modules;
}

const LEFT_ODD = '0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011'.split(' ');
const PARITY = 'LLLLLL LLGLGG LLGGLG LLGGGL LGLLGG LGGLLG LGGGLL LGLGLG LGLGGL LGGLGL'.split(' ');

/** Modules of 13 digits. */
export function ean13Modules(code: string): boolean[] {
  const inverted = (bits: string) => bits.replace(/[01]/g, (bit) => (bit === '0' ? '1' : '0'));
  const parity = PARITY[Number(code[0])] ?? '';
  let bits = '101';
  for (let place = 1; place <= 12; place += 1) {
    const left = LEFT_ODD[Number(code[place])] ?? '';
    if (place === 7) bits += '01010';
    if (place > 6) bits += inverted(left);
    else bits += parity[place - 1] === 'L' ? left : [...inverted(left)].reverse().join('');
  }
  return Array.from(`${bits}101`, (bit) => bit === '1');
}

/** Modules of 8 digits. */
export function ean8Modules(code: string): boolean[] {
  const half = (from: number, isRight: boolean) =>
    Array.from(code.slice(from, from + 4), (digit) => {
      const odd = LEFT_ODD[Number(digit)] ?? '';
      return isRight ? odd.replace(/[01]/g, (bit) => (bit === '0' ? '1' : '0')) : odd;
    }).join('');
  return Array.from(`101${half(0, false)}01010${half(4, true)}101`, (bit) => bit === '1');
}

/** Rows of a QR code without its margin. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encode(text, { ecc: 'M', border: 0 }).data;
}
