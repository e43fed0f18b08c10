// How urgent the state of a device is.

import type { DeviceHealth } from '../../shared/devices/device-ports.ts';
import type { Tone } from '../../shared/ui/notices.tsx';

const PLAIN: ReadonlySet<DeviceHealth> = new Set([
  'unknown',
  'not-set-up',
  'connecting',
  'printing',
  'not-confirmed',
  'busy',
]);

export function healthTone(health: DeviceHealth): Tone {
  if (health === 'ready') return 'good';
  if (health === 'paper-near-end') return 'warning';
  return PLAIN.has(health) ? 'plain' : 'danger';
}
