// The scale of this device: chosen once by a person, found again by what the port says of itself, and opened when somebody looks.

import { findPort } from '../link/serial-port.ts';
import type { Scale, ScaleKind } from '../ports.ts';
import { SCALE_PROFILES } from './scale-profiles.ts';
import { createSerialScale } from './serial-scale.ts';

export type BrowserScaleGiven = {
  readonly serial: Pick<Serial, 'getPorts'> | undefined;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
};

/** The scale that was chosen before, or null when its port is not there (any more). */
export async function openChosenScale(
  chosen: { readonly profile: ScaleKind; readonly port: string },
  { serial, wait, now }: BrowserScaleGiven,
): Promise<Scale | null> {
  const port = await findPort(chosen.port, serial);
  if (port === null) return null;
  return createSerialScale({ port, profile: SCALE_PROFILES[chosen.profile], wait, now });
}
