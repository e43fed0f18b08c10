// A Bluetooth printer over Chromium's own Bluetooth stack, from the chooser to the paper.

import { chromium } from 'playwright';
import { addBluetoothPrinter } from '../support/bluetooth-printer.ts';
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts';
import { expect, test } from './fixtures.ts';
import { Till } from './till.ts';
import { watchContext } from './watch-page.ts';

test('a Bluetooth printer is set up and prints, in pieces that the stack takes', async ({ server }) => {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_FLAGS, '--enable-experimental-web-platform-features'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const watch = await watchContext(context, server.url);
    const page = await context.newPage();
    const till = new Till(page, server.url);
    await till.open();
    await till.waitForScreen('enrol');
    await till.find('enrol-demo').click();
    await till.signOn('3456', 13);
    const printer = await addBluetoothPrinter(browser, page);
    await till.find('open-settings').click();
    await till.find('open-devices').click();
    await till.find('add-printer').click();
    await till.find('kind-bluetooth').check();
    await till.find('wizard-next').click();
    await till.find('wizard-choose').click();
    await expect(till.find('wizard-chosen')).toContainText('Pocket printer');
    await till.find('wizard-next').click();
    await till.find('paper-32').check();
    await till.find('wizard-next').click();
    await till.find('wizard-test').click();
    // It says nothing of itself, so nothing more is claimed than that it took the page.
    await expect(till.find('wizard-proof')).toHaveAttribute('data-proof', 'sent', { timeout: 40_000 });
    await expect(till.find('wizard-health')).toHaveAttribute('data-health', 'not-confirmed');
    printer.endJob();
    const [job] = printer.device.jobs;
    expect(job?.faults).toEqual([]);
    expect(job?.text).toContain('12345678901234567890123456789012');
    expect(Math.max(...printer.pieces)).toBeLessThanOrEqual(512);
    expect(printer.pieces.length).toBeGreaterThan(1);
    expect(watch.offences).toEqual([]);
  } finally {
    await browser.close();
  }
});
