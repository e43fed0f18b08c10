// What a decoder finds in one picture, whichever decoder it is, and which codes a till looks for.

/** Kinds of codes that are looked for, as zxing names them. */
export const CODE_FORMATS = [
  'EAN13',
  'EAN8',
  'UPCA',
  'UPCE',
  'Code128',
  'Code39',
  'ITF',
  'DataBarOmni',
  'DataBarStk',
  'DataBarStkOmni',
  'DataBarLtd',
  'DataBarExp',
  'DataBarExpStk',
  'QRCode',
  'DataMatrix',
] as const;
export type CodeFormat = (typeof CODE_FORMATS)[number];

export type DecodedCode = {
  readonly text: string;
  readonly format: CodeFormat;
  /** AIM prefix of the symbology (`]C1`), where the decoder knows it. */
  readonly symbology: string | null;
  /** Its content is GS1 fields: they are parted by U+001D. */
  readonly isGs1: boolean;
};

/**
 * Quick reads what is held well; thorough also what is turned, inverted or small, and takes longer; searching also looks at the
 * picture made easier to read, where nothing is found without.
 */
export type Effort = 'quick' | 'thorough' | 'searching';

export type DecoderKind = 'native' | 'wasm' | 'basic';

export type Decoder = {
  readonly kind: DecoderKind;
  /** The codes in the picture; rejects when the decoder itself does not work. The picture is used up. */
  decode(picture: ImageBitmap, effort: Effort): Promise<readonly DecodedCode[]>;
  close(): void;
};

/** Every other picture is looked at quickly, so that what is held well is read at once; searching takes longest and comes last. */
const EFFORTS = ['quick', 'thorough', 'quick', 'searching'] as const;

/** How a picture is looked at. The same look comes again within the time in which two equal reads must lie. */
export function effortOf(pictureNumber: number): Effort {
  return EFFORTS[pictureNumber % EFFORTS.length] ?? 'thorough';
}

export function isCodeFormat(name: string): name is CodeFormat {
  return CODE_FORMATS.some((format) => format === name);
}
