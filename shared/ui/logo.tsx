// The air plant of the logo, drawn in the colours of the theme.

import type { JSX } from 'preact';

const BACK =
  'M137.9 179.3Q77.2 105.5 30 118Q78.8 118.5 118.1 192.7ZM137.9 192.7Q177.2 118.5 226 118Q178.8 105.5 118.1 179.3ZM139.7 180.3Q98.1 108.3 62 62Q85.9 115.7 116.3 191.7ZM139.7 191.7Q170.1 115.7 194 62Q157.9 108.3 116.3 180.3Z';
const FLOWER = 'M141 186Q135.2 100 128 30Q120.8 100 115 186Z';
const FRONT =
  'M136.8 176.5Q69.8 130.2 24 172Q78.2 141.8 119.2 195.5ZM136.8 195.5Q177.8 141.8 232 172Q186.2 130.2 119.2 176.5ZM140.6 182.7Q115 108.8 96 40Q101 111.2 115.4 189.3ZM140.6 189.3Q155 111.2 160 40Q141 108.8 115.4 182.7Z';
const BULB = 'M128 150c-19 0-31 16-31 34 0 20 14 34 31 34s31-14 31-34c0-18-12-34-31-34Z';

export function Logo(props: { readonly size?: 'small' | 'large' }): JSX.Element {
  return (
    <svg
      class="logo"
      data-size={props.size ?? 'large'}
      viewBox="16 24 224 200"
      aria-hidden="true"
      focusable="false"
    >
      <path class="logo-back" d={BACK} />
      <path class="logo-flower" d={FLOWER} />
      <path class="logo-front" d={FRONT} />
      <path class="logo-bulb" d={BULB} />
    </svg>
  );
}
