// A Bluetooth printer in Chromium's own Bluetooth stack, through its DevTools: no radio, and no fake of ours between the page
// and the stack. What the page writes goes to the virtual printer; pieces longer than an attribute are refused by the stack.

import type { Browser, CDPSession, Page } from 'playwright';
import { createVirtualDevice, type VirtualDevice } from './fake-devices/virtual-device.ts';

const ADDRESS = '09:09:09:09:09:09';
const SERVICE = '000018f0-0000-1000-8000-00805f9b34fb';
const WRITABLE = '00002af1-0000-1000-8000-00805f9b34fb';
const SUCCESS = 0;

export type BluetoothPrinter = {
  readonly device: VirtualDevice;
  /** Sizes of the pieces that were written. */
  readonly pieces: readonly number[];
  /** Takes what came since the page connected as one job. */
  readonly endJob: () => void;
};

/** The names of these DevTools domains are newer than the types of Playwright. */
type AnySession = {
  send(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
  on(event: string, listener: (params: Record<string, unknown>) => void): void;
};

export async function addBluetoothPrinter(browser: Browser, page: Page): Promise<BluetoothPrinter> {
  const device = createVirtualDevice({ isMute: true });
  const pieces: number[] = [];
  const radio = anySession(await browser.newBrowserCDPSession());
  const chooser = anySession(await page.context().newCDPSession(page));
  await radio.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
  await radio.send('BluetoothEmulation.simulatePreconnectedPeripheral', {
    address: ADDRESS,
    name: 'Pocket printer',
    manufacturerData: [],
    knownServiceUuids: [SERVICE],
  });
  radio.on('BluetoothEmulation.gattOperationReceived', ({ address, type }) => {
    // The stack tells when a page connects, and not when it is done.
    if (type === 'connection') device.opened();
    void radio.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: SUCCESS });
  });
  radio.on('BluetoothEmulation.characteristicOperationReceived', ({ characteristicId, type, data }) => {
    void (async () => {
      if (typeof data === 'string') {
        const bytes = Buffer.from(data, 'base64');
        pieces.push(bytes.length);
        await device.take(bytes);
      }
      await radio.send('BluetoothEmulation.simulateCharacteristicOperationResponse', {
        characteristicId,
        type,
        code: SUCCESS,
      });
    })();
  });
  await addService(radio);
  await chooser.send('DeviceAccess.enable');
  let isAnswered = false;
  chooser.on('DeviceAccess.deviceRequestPrompted', ({ id, devices }) => {
    // The event comes twice, and the browser ends when it is answered twice.
    const [first] = Array.isArray(devices) ? (devices as { id: string }[]) : [];
    if (isAnswered || first === undefined) return;
    isAnswered = true;
    void chooser.send('DeviceAccess.selectPrompt', { id, deviceId: first.id });
  });
  return {
    device,
    pieces,
    endJob: () => device.closed(),
  };
}

async function addService(radio: AnySession): Promise<void> {
  const { serviceId } = await radio.send('BluetoothEmulation.addService', {
    address: ADDRESS,
    serviceUuid: SERVICE,
  });
  await radio.send('BluetoothEmulation.addCharacteristic', {
    serviceId,
    characteristicUuid: WRITABLE,
    properties: { write: true, writeWithoutResponse: true },
  });
}

// The session has these two functions for every method and event; its types know the older ones only.
const anySession = (session: CDPSession): AnySession => session;
