// Puts the fakes into every page of a browser context, with a virtual printer at the end of the USB and the serial cable.

import path from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { build } from 'vite';
import type { CableFault, OpenFault } from './device-host.ts';
import type { PageDevices } from './in-page.ts';
import { createVirtualDevice, type VirtualDevice } from './virtual-device.ts';

export type FakeDevices = {
  readonly usb: VirtualDevice;
  readonly serial: VirtualDevice;
  readonly scan: (page: Page, code: string, aim?: string) => Promise<void>;
  readonly sayOnSerial: (page: Page, text: string) => Promise<void>;
  readonly unplug: (page: Page, device: 'usb' | 'serial' | 'hid') => Promise<void>;
  readonly plugIn: (page: Page, device: 'usb' | 'serial' | 'hid') => Promise<void>;
  readonly fail: (
    page: Page,
    given: { readonly cable?: CableFault[]; readonly open?: OpenFault[] },
  ) => Promise<void>;
};

type FakeWindow = { readonly __fakeDevices: PageDevices };

let script: Promise<string> | null = null;

export async function installFakeDevices(context: BrowserContext): Promise<FakeDevices> {
  script ??= buildScript();
  const devices = { usb: createVirtualDevice(), serial: createVirtualDevice() };
  const pages = new Set<Page>();
  await context.exposeBinding(
    '__fakeDeviceCall',
    async ({ page }, name: 'usb' | 'serial', call: string, bytes: string) => {
      pages.add(page);
      const device = devices[name];
      switch (call) {
        case 'opened':
          device.opened();
          return;
        case 'take':
          await device.take(Buffer.from(bytes, 'base64'));
          return;
        case 'closed':
          device.closed();
          return;
        case 'lost':
          device.lost();
      }
    },
  );
  await context.addInitScript({ content: await script });
  for (const name of ['usb', 'serial'] as const) {
    devices[name].onSay((bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      for (const page of pages) {
        // A page that is closed or reloads hears nothing.
        void page
          .evaluate(([device, said]) => (window as unknown as FakeWindow).__fakeDevices.say(device, said), [
            name,
            text,
          ] as const)
          .catch(() => undefined);
      }
    });
  }
  return {
    ...devices,
    scan: (page, code, aim) =>
      page.evaluate(
        ([text, prefix]) => (window as unknown as FakeWindow).__fakeDevices.scan(text ?? '', prefix),
        [code, aim],
      ),
    sayOnSerial: (page, text) =>
      page.evaluate(
        (said) => (window as unknown as FakeWindow).__fakeDevices.say('serial', btoa(said)),
        text,
      ),
    unplug: (page, device) =>
      page.evaluate((name) => (window as unknown as FakeWindow).__fakeDevices.unplug(name), device),
    plugIn: (page, device) =>
      page.evaluate((name) => (window as unknown as FakeWindow).__fakeDevices.plugIn(name), device),
    fail: (page, given) =>
      page.evaluate((faults) => (window as unknown as FakeWindow).__fakeDevices.fail(faults), given),
  };
}

/** One script that a page can run before its own. */
async function buildScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: path.join(import.meta.dirname, 'in-page.ts'),
        formats: ['iife'],
        name: 'fakeDevices',
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error('the fakes were not built');
  return chunk.code;
}
