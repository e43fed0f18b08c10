// Shows a picture of black and white dots, each dot a dot: what paper shows, also in the browser's print.

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { bytesPerRow, rowsOfPicture, type Picture } from '../domain/picture.ts';

export function PictureView(props: { readonly picture: Picture; readonly label: string }): JSX.Element {
  const { width, height } = props.picture;
  const rows = rowsOfPicture(props.picture);
  return <DotsView class="receipt-picture" dots={{ width, height, rows }} label={props.label} />;
}

/** Rows are padded to whole bytes, most significant bit left, 1 = black. */
export type Dots = { readonly width: number; readonly height: number; readonly rows: Uint8Array };

export function DotsView(props: {
  readonly dots: Dots;
  readonly label: string;
  readonly class?: string;
  readonly testId?: string;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { dots } = props;
  useEffect(() => {
    if (canvas.current !== null) drawDots(canvas.current, dots);
  }, [dots]);
  return (
    <canvas
      ref={canvas}
      class={props.class}
      data-testid={props.testId}
      width={dots.width}
      height={dots.height}
      role="img"
      aria-label={props.label}
    />
  );
}

function drawDots(canvas: HTMLCanvasElement, { width, height, rows }: Dots): void {
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  const image = context.createImageData(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isBlack = ((rows[y * bytesPerRow(width) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
      const at = (y * width + x) * 4;
      image.data.fill(isBlack ? 0 : 255, at, at + 3);
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
