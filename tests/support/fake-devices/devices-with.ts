// The till's devices with one printer and one drawer behind every set-up, for tests of screens.

import type { ReadonlySignal } from '@preact/signals';
import { createDevices, type Devices } from '../../../pos/shell/create-devices.ts';
import { NO_DEVICES, type DeviceDesk } from '../../../shared/devices/device-ports.ts';
import type { PosPrinter, SpoolDevice } from '../../../shared/devices/ports.ts';
import { createScreenPrinter } from '../../../shared/devices/screen-printer.ts';
import { accept, refuse } from '../../../shared/domain/refusal.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';

export function devicesWith(given: {
  readonly settings: ReadonlySignal<StoreSettings | null>;
  readonly printer: PosPrinter;
}): Devices {
  const device: SpoolDevice = {
    printer: given.printer,
    drawer: { open: () => Promise.resolve(accept(null)) },
  };
  const desk: DeviceDesk = {
    supports: { usb: false, serial: false, bluetooth: false, hid: false },
    profiles: [{ key: '', name: 'Usual' }],
    choosePrinter: () => Promise.resolve(refuse('device-not-supported')),
    chooseScanner: () => Promise.resolve(refuse('device-not-supported')),
    open: () => device,
    check: () => Promise.resolve('ready'),
    printTestPage: (_setup, { language }) => device.printer.print({ language, blocks: [] }),
    openDrawerNow: () => device.drawer.open(),
    listen: () => () => undefined,
  };
  return createDevices({
    settings: given.settings,
    readBook: () => NO_DEVICES,
    writeBook: () => true,
    makeDesk: () => Promise.resolve(desk),
    screenPrinter: createScreenPrinter,
  });
}
