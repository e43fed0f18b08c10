// Printers and scanners that a manager sets up at the till, over fakes of the browser's device interfaces: at the end of the
// cable stands the strict virtual printer, so what counts is what came out on its paper.

import type { ServerDatabase } from '../support/server-database.ts';
import { installFakeDevices } from '../support/fake-devices/install-fake-devices.ts';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

const MANAGER = { number: 13, pin: '3456' } as const;

async function twoGoods(database: ServerDatabase): Promise<readonly { code: string; sku: string }[]> {
  return database<{ code: string; sku: string }[]>`
    select ltrim(item_barcode.code, '0') as code, item.sku from item_barcode join item on item.id = item_barcode.item_id
      where item.body like '%"unit":"piece"%' and length(ltrim(item_barcode.code, '0')) = 13
        and (select count(*) from item_barcode other where other.code = item_barcode.code) = 1
      order by item.ordinal limit 2`;
}

async function openDevices(till: Till): Promise<void> {
  await till.find('open-settings').click();
  await till.find('open-devices').click();
  await till.find('devices').waitFor();
}

/** Through all steps of the wizard up to the test page. */
async function setUpUsbPrinter(till: Till): Promise<void> {
  await openDevices(till);
  await till.find('add-printer').click();
  await till.find('kind-usb').check();
  await till.find('wizard-next').click();
  await expect(till.find('wizard-next')).toBeDisabled();
  await till.find('wizard-choose').click();
  await till.find('wizard-chosen').waitFor();
  await till.find('wizard-next').click();
  await till.find('paper-48').check();
  await till.find('cut-full').check();
  await till.find('drawer-1').check();
  await till.find('wizard-next').click();
}

async function nameAndKeep(till: Till, name: string, instead = 'none'): Promise<void> {
  await till.find('wizard-next').click();
  await till.find('printer-name').fill(name);
  await till.find(`instead-${instead}`).check();
  await till.find('wizard-next').click();
  await till.find('add-printer').waitFor();
}

async function closeDevices(till: Till): Promise<void> {
  await till.find('devices-close').click();
  await till.find('devices').waitFor({ state: 'detached' });
}

test('a USB printer is set up with its test page, prints sales, and is there again after a restart', async ({
  till,
  context,
}) => {
  const fakes = await installFakeDevices(context);
  await till.open();
  await till.waitForScreen('enrol');
  await till.find('enrol-demo').click();
  await till.signOn(MANAGER.pin, MANAGER.number);
  await setUpUsbPrinter(till);
  await till.find('wizard-test').click();
  await expect(till.find('wizard-proof')).toHaveAttribute('data-proof', 'on-paper');
  await expect(till.find('wizard-health')).toHaveAttribute('data-health', 'ready');
  const [page] = fakes.usb.jobs;
  expect(page?.faults).toEqual([]);
  expect(page?.text).toContain('123456789012345678901234567890123456789012345678');
  expect(page?.text).toContain('Zażółć gęślą jaźń');
  expect(page?.text).toContain('Съешь ещё этих булок');
  expect(page?.operations.filter(({ kind }) => kind === 'barcode' || kind === 'qr')).toHaveLength(3);
  expect(page?.operations.at(-1)).toMatchObject({ kind: 'status-request' });
  expect(page?.operations.some((each) => each.kind === 'cut' && each.isFull)).toBe(true);
  await till.find('wizard-drawer').click();
  await expect.poll(() => fakes.usb.jobs.at(-1)?.drawerPulses).toBe(1);
  await nameAndKeep(till, 'Counter by USB');

  // A cover that stands open is said in words.
  const card = till.page.locator('.device-card', { hasText: 'Counter by USB' });
  fakes.usb.change({ isCoverOpen: true });
  await card.getByRole('button', { name: 'Check' }).click();
  await expect(card.locator('.device-state')).toHaveAttribute('data-health', 'cover-open');
  fakes.usb.change({ isCoverOpen: false });
  // Nobody had chosen a printer: the first that is set up prints the receipts.
  await expect(card).toContainText('Prints receipts');
  await closeDevices(till);

  await till.addTile(0);
  const told = await till.payExactly();
  await till.find('print').click();
  await expect
    .poll(() => fakes.usb.jobs.filter(({ text }) => text.includes(told.receiptNumber)).length)
    .toBe(1);
  await expect(till.find('status-bar')).toHaveAttribute('data-printer-health', 'ready');

  // After a restart nobody is asked, and what ran out of paper is printed as soon as there is some.
  await till.page.reload();
  await till.signOn(MANAGER.pin, MANAGER.number);
  await till.addTile(0);
  const second = await till.payExactly();
  fakes.usb.change({ paper: 'out' });
  await till.find('print').click();
  await expect(till.find('status-bar')).toHaveAttribute('data-printer-health', 'paper-out');
  await expect(till.find('toast')).toContainText('no paper');
  fakes.usb.change({ paper: 'loaded' });
  await expect
    .poll(() => fakes.usb.jobs.filter(({ text }) => text.includes(second.receiptNumber)).length, {
      timeout: 40_000,
    })
    .toBe(1);
  const job = fakes.usb.jobs.find(({ text }) => text.includes(second.receiptNumber));
  expect(job?.faults).toEqual([]);
  expect(job?.text).not.toContain('PRINTED AGAIN');
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '0');
});

test('a printer that another program holds hands its receipts to the screen', async ({ till, context }) => {
  const fakes = await installFakeDevices(context);
  await till.open();
  await till.waitForScreen('enrol');
  await till.find('enrol-demo').click();
  await till.signOn(MANAGER.pin, MANAGER.number);
  await setUpUsbPrinter(till);
  await nameAndKeep(till, 'Held', 'screen');
  await closeDevices(till);
  await till.addTile(0);
  const told = await till.payExactly();
  await fakes.fail(till.page, { open: Array.from({ length: 20 }, () => 'claimed' as const) });
  await till.find('print').click();
  await expect(till.find('shown-receipt')).toContainText(told.receiptNumber);
  // Dark on light: a code of one colour is a black square.
  const code = till.find('shown-receipt').locator('svg.qr-code').last();
  await expect(code.locator('.qr-ground')).toHaveCSS('fill', 'rgb(255, 255, 255)');
  await expect(code.locator('.qr-dark')).toHaveCSS('fill', 'rgb(0, 0, 0)');
  await expect(till.find('status-bar')).toHaveAttribute('data-printer-health', 'claimed');
  await till.find('shown-done').click();
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '0');
  expect(fakes.usb.jobs.filter(({ text }) => text.includes(told.receiptNumber))).toEqual([]);
});

test('scanners in HID POS mode and on a serial line sell, also after a restart', async ({
  till,
  context,
  database,
}) => {
  const fakes = await installFakeDevices(context);
  const [first, second] = await twoGoods(database);
  if (first === undefined || second === undefined) throw new Error('the demo store has no such goods');
  await till.open();
  await till.waitForScreen('enrol');
  await till.find('enrol-demo').click();
  await till.signOn(MANAGER.pin, MANAGER.number);
  for (const kind of ['hid', 'serial']) {
    await openDevices(till);
    await till.find('add-scanner').click();
    await till.find(`scanner-${kind}`).check();
    await till.find('scanner-choose').click();
    await till.find('add-scanner').waitFor();
    await expect(till.page.locator('.device-card [data-health="ready"]').last()).toBeVisible();
    await closeDevices(till);
  }
  await fakes.scan(till.page, first.code);
  await expect(till.find('line-1')).toHaveAttribute('data-sku', first.sku);
  await fakes.sayOnSerial(till.page, `]E0${second.code}\r\n`);
  await expect(till.find('line-2')).toHaveAttribute('data-sku', second.sku);

  // Out and in again, and after a restart, without a word to anybody.
  await fakes.unplug(till.page, 'hid');
  await fakes.plugIn(till.page, 'hid');
  await till.page.reload();
  await till.signOn(MANAGER.pin, MANAGER.number);
  // The scanner is opened in the background, so the trigger is pressed until it is heard.
  await expect
    .poll(async () => {
      await fakes.scan(till.page, first.code);
      return till.lineCount();
    })
    .toBeGreaterThan(0);
  await expect(till.page.locator(`[data-sku="${first.sku}"]`).first()).toBeVisible();
});

test('a cashier may not set up devices', async ({ till }) => {
  await till.enrolAndSignOn();
  await till.find('open-settings').click();
  await till.find('open-devices').click();
  await expect(till.find('toast')).toContainText('may not');
  await expect(till.find('devices')).toHaveCount(0);
});
