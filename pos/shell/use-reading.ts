// What the scale says while a part of the screen looks at it; nothing is asked of it otherwise.

import { useEffect, useState } from 'preact/hooks';
import type { Scale, ScaleReading } from '../../shared/devices/ports.ts';

export function useReading(scale: Scale): ScaleReading {
  const [reading, setReading] = useState<ScaleReading>({ kind: 'moving' });
  useEffect(() => scale.watch(setReading), [scale]);
  return reading;
}
