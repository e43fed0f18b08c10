// Draws a picture on request from a motif and a colour name. Nothing is stored, and nothing from a request is
// ever written into the drawing: both names are looked up first.

import { COLOURS } from '../words/colours.ts';
import { MOTIFS, type MotifShape } from './motifs.ts';

const FIXED_PAINTS: Readonly<Record<string, string>> = {
  w: '#fffdf8',
  k: '#33393f',
  g: '#5b9a58',
  n: '#a9794f',
  m: '#b7bfc4',
  o: '#f2b544',
};
const WHITE = 0xff;
const INK = 0x20;
const LIGHT = 0xe4;
const COOL_BACKGROUND = '#d3dde2';

/** The SVG text of a motif in a colour, or null when there is no such motif or colour. */
export function renderPicture(given: { readonly motif: string; readonly tone: string }): string | null {
  const shapes = MOTIFS.get(given.motif);
  const colour = COLOURS.get(given.tone)?.extra[0];
  if (shapes === undefined || colour === undefined) return null;
  const paints = {
    ...FIXED_PAINTS,
    t: `#${colour}`,
    d: mixed(colour, INK, 24),
    s: mixed(colour, WHITE, 45),
  };
  // Light things would vanish on a tint of themselves.
  const background =
    Number.parseInt(colour.slice(0, 2), 16) > LIGHT ? COOL_BACKGROUND : mixed(colour, WHITE, 84);
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="192" height="192">',
    `<rect width="96" height="96" fill="${background}"/>`,
    `<ellipse cx="48" cy="85" rx="34" ry="5" fill="${mixed(colour, INK, 30)}" opacity=".18"/>`,
    ...shapes.map((shape) => drawn(shape, paints)),
    '</svg>',
  ].join('');
}

function drawn(shape: MotifShape, paints: Readonly<Record<string, string>>): string {
  const paint = paints[shape.paint] ?? paints['k'];
  const numbers = shape.rest.split(' ');
  const [a = '', b = '', c = '', d = '', e = ''] = numbers;
  switch (shape.kind) {
    case 'c':
      return `<circle cx="${a}" cy="${b}" r="${c}" fill="${paint}"/>`;
    case 'e':
      return `<ellipse cx="${a}" cy="${b}" rx="${c}" ry="${d}" fill="${paint}"/>`;
    case 'r':
      return `<rect x="${a}" y="${b}" width="${c}" height="${d}" rx="${e}" fill="${paint}"/>`;
    case 'p':
      return `<path d="${shape.rest}" fill="${paint}"/>`;
    default:
      return `<path d="${shape.rest.slice(a.length + 1)}" fill="none" stroke="${paint}" stroke-width="${a}" stroke-linecap="round"/>`;
  }
}

// Moves each channel of `colour` (rrggbb) towards `target` by so many hundredths.
function mixed(colour: string, target: number, percent: number): string {
  const channels = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16);
    const moved = Math.trunc((channel * (100 - percent) + target * percent) / 100);
    return moved.toString(16).padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
