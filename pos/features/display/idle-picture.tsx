// The picture of a screen on which nothing happens: an air plant in slow air. It moves only where movement is welcome.

import type { JSX } from 'preact';

const LEAVES = [-68, -50, -34, -18, 0, 18, 34, 50, 68] as const;

export function IdlePicture(): JSX.Element {
  return (
    <svg class="display-picture" viewBox="0 0 400 300" role="presentation" aria-hidden="true">
      <circle class="display-sun" cx="290" cy="92" r="58" />
      <ellipse class="display-hill" cx="200" cy="252" rx="192" ry="40" />
      <g class="display-plant">
        {LEAVES.map((degrees, place) => (
          <path
            key={degrees}
            class={place % 2 === 0 ? 'logo-back' : 'logo-front'}
            d="M0 0 C-13 -52 -9 -112 0 -158 C9 -112 13 -52 0 0z"
            transform={`translate(200 248) rotate(${String(degrees)}) scale(${String(1 - Math.abs(degrees) / 210)})`}
          />
        ))}
        <g transform="translate(200 104)">
          {[0, 60, 120, 180, 240, 300].map((degrees) => (
            <ellipse
              key={degrees}
              class="logo-flower"
              rx="6"
              ry="15"
              cy="-13"
              transform={`rotate(${String(degrees)})`}
            />
          ))}
          <circle class="logo-bulb" r="6" />
        </g>
        <ellipse class="logo-bulb" cx="200" cy="248" rx="27" ry="17" />
      </g>
    </svg>
  );
}
