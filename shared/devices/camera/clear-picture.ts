// Pictures made easier to read, for a second look at one in which nothing was found: contrast evened out where a code lies in a
// shadow or under a reflection, and a small code enlarged with its edges drawn sharper. Pure functions of grey pictures; none
// of them knows what a code looks like.

export type GreyPicture = { readonly width: number; readonly height: number; readonly pixels: Float32Array };

/** Around each point, so far its contrast is evened out. */
const EVEN_RADIUS_PX = 40;
/** Less spread than this is noise of the camera, and is not spread further. */
const SPREAD_MIN = 4;
const SPREAD_WANTED = 50;
const MIDDLE_GREY = 128;
const ENLARGED_BY = 2;
const SHARPEN_RADIUS_PX = 2;
const SHARPEN_BY = 3;
/** More than that takes too long between two pictures of a camera. */
const ENLARGE_PIXELS_MAX = 512 * 512;
const MIDDLE = { width: 512, height: 384 };

/** Brightness of an RGBA picture, as eyes weigh colours (ITU-R BT.601). */
export function greyOf(width: number, height: number, rgba: Uint8ClampedArray): GreyPicture {
  const pixels = new Float32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = [rgba[at * 4], rgba[at * 4 + 1], rgba[at * 4 + 2]];
    pixels[at] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return { width, height, pixels };
}

/** The same contrast everywhere: each point by how far it is from the mean around it, in measures of the spread there. */
export function evenContrast(picture: GreyPicture): GreyPicture {
  const squares = { ...picture, pixels: picture.pixels.map((value) => value * value) };
  const mean = boxMean(picture, EVEN_RADIUS_PX).pixels;
  const meanOfSquares = boxMean(squares, EVEN_RADIUS_PX).pixels;
  const pixels = picture.pixels.map((value, at) => {
    const middle = mean[at] ?? 0;
    const spread = Math.sqrt(Math.max(SPREAD_MIN * SPREAD_MIN, (meanOfSquares[at] ?? 0) - middle * middle));
    return MIDDLE_GREY + (SPREAD_WANTED * (value - middle)) / spread;
  });
  return { ...picture, pixels };
}

/** Twice as large; of a picture that is large already the middle alone, where a small code is held. */
export function enlargeMiddle(picture: GreyPicture): GreyPicture {
  const isSmall = picture.width * picture.height <= ENLARGE_PIXELS_MAX;
  return enlarge(isSmall ? picture : middleOf(picture), ENLARGED_BY);
}

/** As the decoder takes it: opaque, grey, each value kept within its byte. */
export function rgbaOf({ pixels }: GreyPicture): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(pixels.length * 4);
  for (const [at, value] of pixels.entries()) {
    rgba.fill(value, at * 4, at * 4 + 3);
    rgba[at * 4 + 3] = 255;
  }
  return rgba;
}

/** Edges drawn steeper than they are. */
export function sharpen(picture: GreyPicture): GreyPicture {
  // Three means in a row are as good as a bell curve.
  let soft = picture;
  for (let turn = 0; turn < 3; turn += 1) soft = boxMean(soft, SHARPEN_RADIUS_PX);
  const pixels = picture.pixels.map((value, at) => value + SHARPEN_BY * (value - (soft.pixels[at] ?? value)));
  return { ...picture, pixels };
}

function middleOf({ width, height, pixels }: GreyPicture): GreyPicture {
  const middle = { width: Math.min(width, MIDDLE.width), height: Math.min(height, MIDDLE.height) };
  const [left, top] = [(width - middle.width) >> 1, (height - middle.height) >> 1];
  const rows = new Float32Array(middle.width * middle.height);
  for (let y = 0; y < middle.height; y += 1) {
    const from = (top + y) * width + left;
    rows.set(pixels.subarray(from, from + middle.width), y * middle.width);
  }
  return { ...middle, pixels: rows };
}

function enlarge({ width, height, pixels }: GreyPicture, by: number): GreyPicture {
  const larger = {
    width: width * by,
    height: height * by,
    pixels: new Float32Array(width * height * by * by),
  };
  const across = Array.from({ length: larger.width }, (_, at) => between(at, by, width));
  for (let y = 0; y < larger.height; y += 1) {
    const down = between(y, by, height);
    const [upper, lower] = [down.from * width, down.to * width];
    for (const [x, { from, to, share }] of across.entries()) {
      const above = mixed(pixels[upper + from] ?? 0, pixels[upper + to] ?? 0, share);
      const below = mixed(pixels[lower + from] ?? 0, pixels[lower + to] ?? 0, share);
      larger.pixels[y * larger.width + x] = mixed(above, below, down.share);
    }
  }
  return larger;
}

/** Between which two points of the smaller picture one of the larger lies, and how near to the second. */
function between(at: number, by: number, size: number): { from: number; to: number; share: number } {
  const place = Math.min(size - 1, Math.max(0, (at + 0.5) / by - 0.5));
  const from = Math.floor(place);
  return { from, to: Math.min(size - 1, from + 1), share: place - from };
}

const mixed = (one: number, other: number, share: number): number => one * (1 - share) + other * share;

/** Mean over a square around each point, in two sums that move along; beyond the edge the edge goes on. */
function boxMean({ width, height, pixels }: GreyPicture, radius: number): GreyPicture {
  const rows = new Float32Array(pixels.length);
  for (let y = 0; y < height; y += 1)
    slide({ from: pixels, to: rows, start: y * width, step: 1, count: width, radius });
  const both = new Float32Array(pixels.length);
  for (let x = 0; x < width; x += 1)
    slide({ from: rows, to: both, start: x, step: width, count: height, radius });
  return { width, height, pixels: both };
}

function slide(line: {
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly radius: number;
}): void {
  const { from, to, start, step, count, radius } = line;
  const at = (index: number): number => from[start + Math.min(count - 1, Math.max(0, index)) * step] ?? 0;
  let sum = 0;
  for (let index = -radius; index <= radius; index += 1) sum += at(index);
  for (let index = 0; index < count; index += 1) {
    to[start + index * step] = sum / (2 * radius + 1);
    sum += at(index + radius + 1) - at(index - radius);
  }
}
