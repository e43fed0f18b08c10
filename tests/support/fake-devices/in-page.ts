// The fakes inside a page, in place of navigator.usb, .serial and .hid. The devices at the other end of the cables live in the
// test's process; what a person allowed stays allowed after a reload, as in a browser.

import { CABLE_FAULTS, NO_FAULTS, type CableFault, type DeviceHost, type OpenFault } from './device-host.ts';
import { FakeHidDevice } from './fake-hid.ts';
import { FakeSerialPort } from './fake-serial.ts';
import { FakeUsbDevice } from './fake-usb.ts';

/** What the test's process offers to the page. */
type Bridge = (device: string, call: string, bytes: string) => Promise<void>;

export type PageDevices = {
  say(device: string, bytes: string): void;
  scan(code: string, aim?: string): void;
  unplug(device: 'usb' | 'serial' | 'hid'): void;
  plugIn(device: 'usb' | 'serial' | 'hid'): void;
  /** The next pieces on the USB cable, and the next openings. */
  fail(given: { readonly cable?: CableFault[]; readonly open?: OpenFault[] }): void;
};

type FakeWindow = { __fakeDeviceCall: Bridge; __fakeDevices: PageDevices };

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

function install(): void {
  // The init script runs before the page's own, in a window that the test has prepared.
  const page = window as unknown as FakeWindow;
  const listeners = new Map<string, (bytes: Uint8Array) => void>();
  const hostOf = (device: string): DeviceHost => {
    const call = (name: string, bytes = ''): Promise<void> => page.__fakeDeviceCall(device, name, bytes);
    return {
      opened: () => void call('opened'),
      take: (bytes) => call('take', toBase64(bytes)),
      onSay: (listener) => void listeners.set(device, listener),
      closed: () => void call('closed'),
      lost: () => void call('lost'),
    };
  };
  const coming: { cable: CableFault[]; open: OpenFault[] } = { cable: [], open: [] };
  const usb = new FakeUsbDevice({
    host: hostOf('usb'),
    name: 'Fake printer',
    faults: {
      next: (length) => (length < 40 ? 'none' : (coming.cable.shift() ?? CABLE_FAULTS[0])),
      atOpen: () => coming.open.shift() ?? 'none',
    },
  });
  const serial = new FakeSerialPort({ host: hostOf('serial'), faults: NO_FAULTS });
  const hid = new FakeHidDevice();
  const apis = {
    usb: apiOf('usb', usb, { one: 'requestDevice', all: 'getDevices' }),
    serial: apiOf('serial', serial, { one: 'requestPort', all: 'getPorts' }),
    hid: apiOf('hid', hid, { one: 'requestDevice', all: 'getDevices', isList: true }),
  };
  const devices = { usb, serial, hid };
  for (const [name, value] of Object.entries(apis))
    Object.defineProperty(navigator, name, { value, configurable: true });
  page.__fakeDevices = {
    say: (device, bytes) => listeners.get(device)?.(fromBase64(bytes)),
    scan: (code, aim) => {
      if (hid.opened && hid.isPluggedIn) hid.scan(code, aim);
    },
    unplug(name) {
      const device = devices[name];
      if ('unplug' in device) device.unplug();
      else device.isPluggedIn = false;
      apis[name].dispatchEvent(new Event('disconnect'));
    },
    plugIn(name) {
      devices[name].isPluggedIn = true;
      apis[name].dispatchEvent(new Event('connect'));
    },
    fail({ cable = [], open = [] }) {
      coming.cable.push(...cable);
      coming.open.push(...open);
    },
  };
}

/** One device behind the two functions of its API: the chooser allows it, and from then on it is listed while it is there. */
function apiOf(
  name: string,
  device: { readonly isPluggedIn: boolean },
  names: { readonly one: string; readonly all: string; readonly isList?: boolean },
): EventTarget {
  const key = `fake-allowed-${name}`;
  return Object.assign(new EventTarget(), {
    [names.one]() {
      if (!device.isPluggedIn)
        return Promise.reject(new DOMException('Nothing was chosen.', 'NotFoundError'));
      localStorage.setItem(key, 'yes');
      return Promise.resolve(names.isList === true ? [device] : device);
    },
    [names.all]: () =>
      Promise.resolve(device.isPluggedIn && localStorage.getItem(key) === 'yes' ? [device] : []),
  });
}

install();
