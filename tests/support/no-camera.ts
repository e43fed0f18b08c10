// A device without a camera.

import type { CodeCamera } from '../../shared/devices/ports.ts';
import { refuse } from '../../shared/domain/refusal.ts';

export const NO_CAMERA: CodeCamera = {
  open: () => Promise.resolve(refuse('camera-missing')),
  devices: () => Promise.resolve([]),
};
