// A text as a QR code: one path of dark squares, with the quiet zone that readers need, dark on light in every theme.

import type { JSX } from 'preact';
import { encode } from 'uqr';

const QUIET_MODULES = 4;

export function QrCode(props: { readonly text: string; readonly label: string }): JSX.Element {
  const { data, size } = encode(props.text, { ecc: 'M', border: QUIET_MODULES });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (const [x, isDark] of row.entries()) if (isDark) path += `M${String(x)} ${String(y)}h1v1h-1z`;
  }
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <path class="qr-ground" d={`M0 0h${String(size)}v${String(size)}h-${String(size)}z`} />
      <path class="qr-dark" d={path} />
    </svg>
  );
}
