// The desk of devices in a browser: the real parts behind it. Imported only when the first device is needed.

import type { DeviceDesk } from '../device-ports.ts';
import type { RasterText } from '../escpos/raster-text.ts';
import { createDeviceDesk, type DeskGiven } from './device-desk.ts';
import type { PrintServer } from './server-printer.ts';
import { webDevicesOf } from './web-devices.ts';

export function createBrowserDesk(given: {
  readonly navigator: Navigator;
  readonly rasterText: RasterText;
  readonly server: PrintServer;
  readonly setTimeout: (run: () => void, afterMs: number) => number;
  readonly clearTimeout: (timer: number) => void;
  readonly onHealth: DeskGiven['onHealth'];
  readonly onPlugged: () => void;
}): DeviceDesk {
  const { setTimeout, clearTimeout } = given;
  return createDeviceDesk({
    ...given,
    web: webDevicesOf(given.navigator),
    wait: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
    timers: { setTimeout, clearTimeout, now: () => performance.now() },
  });
}
