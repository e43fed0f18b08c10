// Where everything stands on a label, in dots: the name above, the price large, the code below. One layout for the printer and
// for the preview, in three sizes of label and at any resolution. What does not fit becomes smaller or is cut with an
// ellipsis; nothing runs over the edge or into something else.

import type { ShelfLabel } from '../../domain/shelf-label.ts';
import { displayColumns, graphemesOf, wrapText } from '../escpos/display-width.ts';
import { isRightToLeft } from '../escpos/layout.ts';
import { printableText } from '../escpos/printable-text.ts';
import type { LabelSize } from '../ports.ts';
import { code128Modules, ean13Modules, ean8Modules, qrModules } from '../paper/symbols.ts';

/** Millimetres across and down. */
export const LABEL_MM: Readonly<Record<LabelSize, readonly [width: number, height: number]>> = {
  small: [40, 25],
  medium: [57, 32],
  large: [100, 50],
};

export type LabelElement =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly left: number;
      readonly top: number;
      readonly width: number;
      /** Of the letters, from the highest to the lowest. */
      readonly height: number;
      readonly align: 'left' | 'center' | 'right';
      readonly isBold: boolean;
    }
  | {
      readonly kind: 'bars';
      readonly symbology: 'ean13' | 'ean8' | 'code128';
      readonly text: string;
      readonly left: number;
      readonly top: number;
      readonly height: number;
      readonly moduleDots: number;
    }
  | {
      readonly kind: 'qr';
      readonly text: string;
      readonly left: number;
      readonly top: number;
      readonly moduleDots: number;
    };

export type LabelLayout = {
  readonly width: number;
  readonly height: number;
  readonly direction: 'ltr' | 'rtl';
  readonly elements: readonly LabelElement[];
};

const MM_PER_INCH = 25.4;
const MARGIN_MM = 2;
/** Letters of most faces are at most this wide for their height; bold ones and figures a little more. */
const WIDTH_OF_HEIGHT = 0.62;
/** Millimetres of letters and of bars, by size of the label. */
const LOOK = {
  small: { nameMm: 2.6, nameLines: 1, priceMm: 6, smallMm: 1.9, barsMm: 5.5, hasQr: false },
  medium: { nameMm: 3, nameLines: 2, priceMm: 9, smallMm: 2, barsMm: 6, hasQr: false },
  large: { nameMm: 5, nameLines: 2, priceMm: 14, smallMm: 3, barsMm: 11, hasQr: true },
} as const;

/** All elements of a label of that size at that resolution. */
export function layoutLabel(label: ShelfLabel, size: LabelSize, dpi: number): LabelLayout {
  const dots = (mm: number) => Math.round((mm / MM_PER_INCH) * dpi);
  const [widthMm, heightMm] = LABEL_MM[size];
  const look = LOOK[size];
  const [width, height] = [dots(widthMm), dots(heightMm)];
  const margin = dots(MARGIN_MM);
  const inner = width - 2 * margin;
  const direction = isRightToLeft(label.language) ? 'rtl' : 'ltr';
  const [start, end] = direction === 'rtl' ? (['right', 'left'] as const) : (['left', 'right'] as const);
  const elements: LabelElement[] = [];
  const small = dots(look.smallMm);
  // From the lower edge upwards: the small line, the digits of the code, its bars.
  const lowest = height - margin - small;
  const barsTop = lowest - dots(0.6) - small - dots(0.6) - dots(look.barsMm);
  const line = (text: string, at: Pick<Text, 'top' | 'height' | 'align'> & Partial<Text>): void => {
    elements.push({ kind: 'text', text, left: margin, width: inner, isBold: false, ...at });
  };
  const nameHeight = dots(look.nameMm);
  const lines = nameLines(printableText(label.name), inner, nameHeight, look.nameLines);
  for (const [place, text] of lines.entries())
    line(text, {
      top: margin + place * Math.round(nameHeight * 1.25),
      height: nameHeight,
      align: start,
      isBold: true,
    });
  const priceTop = margin + Math.round(nameHeight * 1.25) * lines.length + dots(0.8);
  const room = barsTop - dots(0.8) - priceTop;
  elements.push(
    ...priceTexts(label, { margin, inner, priceTop, room, small, most: dots(look.priceMm), start, end }),
  );
  const code = codeElement(label, {
    left: margin,
    inner,
    top: barsTop,
    height: dots(look.barsMm),
    dpi,
    look,
    dots,
  });
  elements.push(...code);
  line(printableText(label.code.text), { top: lowest - dots(0.6) - small, height: small, align: 'left' });
  // An item without a GTIN carries its own number as bars already.
  if (label.sku !== label.code.text)
    line(printableText(label.sku), {
      top: lowest,
      height: small,
      align: start,
      width: Math.floor(inner * 0.55),
      left: start === 'left' ? margin : margin + inner - Math.floor(inner * 0.55),
    });
  line(printableText(label.printedOn), {
    top: lowest,
    height: small,
    align: end,
    width: Math.floor(inner * 0.42),
    left: end === 'right' ? margin + inner - Math.floor(inner * 0.42) : margin,
  });
  return { width, height, direction, elements };
}

type Text = Extract<LabelElement, { kind: 'text' }>;

function priceTexts(
  label: ShelfLabel,
  given: {
    readonly margin: number;
    readonly inner: number;
    readonly priceTop: number;
    readonly room: number;
    readonly small: number;
    readonly most: number;
    readonly start: 'left' | 'right';
    readonly end: 'left' | 'right';
  },
): readonly LabelElement[] {
  const { margin, inner, priceTop, room, small, start, end } = given;
  const price = printableText(label.per === null ? label.price : `${label.price} / ${label.per}`);
  const before = label.priceBefore === null ? null : printableText(label.priceBefore);
  // A third of the line is kept for the price before.
  const width = before === null ? inner : Math.floor(inner * 0.66);
  const height = Math.min(
    given.most,
    Math.floor(room * 0.9),
    Math.floor(width / (displayColumns(price) * WIDTH_OF_HEIGHT)),
  );
  const top = priceTop + Math.floor((room - height) / 2);
  const texts: LabelElement[] = [
    {
      kind: 'text',
      text: price,
      left: end === 'right' ? margin + inner - width : margin,
      top,
      width,
      height,
      align: end,
      isBold: true,
    },
  ];
  if (before !== null) {
    const beforeWidth = inner - width;
    const beforeHeight = Math.min(
      Math.round(small * 1.4),
      Math.floor(beforeWidth / (displayColumns(before) * WIDTH_OF_HEIGHT)),
    );
    texts.push({
      kind: 'text',
      text: before,
      left: start === 'left' ? margin : margin + inner - beforeWidth,
      top: top + height - beforeHeight,
      width: beforeWidth,
      height: beforeHeight,
      align: start,
      isBold: false,
    });
  }
  return texts;
}

function codeElement(
  { code }: ShelfLabel,
  given: {
    readonly left: number;
    readonly inner: number;
    readonly top: number;
    readonly height: number;
    readonly dpi: number;
    readonly look: { readonly hasQr: boolean };
    readonly dots: (mm: number) => number;
  },
): readonly LabelElement[] {
  const { left, inner, top, height, look, dots } = given;
  const elements: LabelElement[] = [];
  const qrModule = look.hasQr ? Math.max(2, Math.floor(dots(14) / (qrModules(code.text).length + 2))) : 0;
  const qrSize = look.hasQr ? qrModules(code.text).length * qrModule : 0;
  const count = barModules(code.symbology, code.text).length;
  // Thirds of a millimetre are the usual module; what does not fit at two dots has no bars, only its letters.
  const widest = Math.max(2, Math.round(given.dpi / 76));
  const moduleDots = Math.min(widest, Math.floor((inner - qrSize) / count));
  if (moduleDots >= 2) elements.push({ kind: 'bars', ...code, left, top, height, moduleDots });
  if (look.hasQr)
    elements.push({
      kind: 'qr',
      text: code.text,
      left: left + inner - qrSize,
      top: top + height - qrSize + dots(3),
      moduleDots: qrModule,
    });
  return elements;
}

/** Modules of a code as bars. */
export function barModules(symbology: 'ean13' | 'ean8' | 'code128', text: string): readonly boolean[] {
  switch (symbology) {
    case 'ean13':
      return ean13Modules(text);
    case 'ean8':
      return ean8Modules(text);
    case 'code128':
      return code128Modules(text);
  }
}

function nameLines(name: string, width: number, height: number, most: number): readonly string[] {
  const columns = Math.max(4, Math.floor(width / (height * WIDTH_OF_HEIGHT)));
  const lines = wrapText(name, columns);
  if (lines.length <= most) return lines;
  const last = graphemesOf(lines[most - 1] ?? '');
  return [
    ...lines.slice(0, most - 1),
    `${last
      .slice(0, columns - 3)
      .join('')
      .trimEnd()}...`,
  ];
}
