// How receipts look, as a manager changes it: a picture, words, parts and their order, with the paper beside it; saved for all
// tills. And the gift receipt that a cashier hands out.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { pngOfBits } from '../support/virtual-printer/png.ts';
import { shrinkPng } from '../support/shrink-png.ts';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

const MANAGER = { number: 13, pin: '3456' } as const;
const FOLDER = path.join(import.meta.dirname, 'screenshots');

/** A leaf, more or less: something with an edge, 160 × 96. */
function aLogo(): Buffer {
  const rows = new Uint8Array(20 * 96);
  for (let y = 0; y < 96; y += 1) {
    for (let x = 0; x < 160; x += 1) {
      const isLeaf = (x - 80) ** 2 / 6400 + (y - 48) ** 2 / 1600 < 1 && Math.abs(y - 48 - (x - 80) / 6) > 2;
      if (isLeaf) rows[y * 20 + (x >> 3)] = (rows[y * 20 + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return pngOfBits(160, 96, rows);
}

async function openEditor(till: Till): Promise<void> {
  await till.find('open-settings').click();
  await till.find('open-receipt-layout').click();
  await till.find('layout-paper').waitFor();
}

/** Dots of the paper on the screen, as a number that changes with every one of them. */
const paperOf = (page: Page): Promise<string> =>
  page.getByTestId('layout-paper').evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let sum = 0;
    for (const [place, value] of data.entries()) if (value === 0) sum = (sum * 31 + place) % 2_147_483_647;
    return `${String(canvas.width)}x${String(canvas.height)} ${String(sum)}`;
  });

test('a manager changes how receipts look, and another till prints like it', async ({
  till,
  anotherTill,
  printer,
}) => {
  test.setTimeout(180_000);
  await till.enrolAndSignOn(MANAGER.pin, MANAGER.number);
  const other = await anotherTill();
  await other.enrolAndSignOn();
  await openEditor(till);
  const before = await paperOf(till.page);
  await till
    .find('layout-logo-file')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: aLogo() });
  await till.find('layout-logo').waitFor();
  await till.find('layout-footer').fill('Exchange within 30 days');
  await till.find('layout-part-journal').uncheck();
  await till.find('layout-part-qr').check();
  await till.find('layout-part-qr-up').click();
  await expect.poll(() => paperOf(till.page)).not.toBe(before);
  await till.find('layout-paper-width-58').click();
  await expect.poll(() => paperOf(till.page)).toMatch(/^384x/);
  await till.find('layout-paper-width-80').click();

  // What is not saved is asked about before it is left.
  await till.find('receipt-layout-close').click();
  await expect(till.find('layout-unsaved')).toBeVisible();
  await till.find('layout-save').click();
  await till.find('receipt-layout').waitFor({ state: 'detached' });

  await other.choosePrinter('counter');
  await other.addTile(0);
  const told = await other.payExactly();
  const paper = () => printer.jobs.find(({ text }) => text.includes(told.receiptNumber));
  await other.find('print').click();
  await expect.poll(() => paper()?.text ?? '', { timeout: 40_000 }).toContain('Exchange within 30 days');
  expect(paper()?.faults).toEqual([]);
  expect(paper()?.lines[0]?.kind).toBe('raster');
  expect(paper()?.lines.some(({ kind }) => kind === 'qr')).toBe(true);
  expect(paper()?.text).not.toContain('Journal');

  // The present is printed without its price.
  const jobs = printer.jobs.length;
  await other.find('gift-receipt').click();
  await expect.poll(() => printer.jobs.length, { timeout: 40_000 }).toBe(jobs + 1);
  const gift = printer.jobs.at(-1);
  expect(gift?.faults).toEqual([]);
  expect(gift?.text).toContain('Gift receipt');
  expect(gift?.text).not.toContain('€');
});

test('a cashier does not change receipts, and without a network nobody does', async ({ till, watch }) => {
  await till.enrolAndSignOn();
  await till.find('open-settings').click();
  await till.find('settings').waitFor();
  await expect(till.find('open-receipt-layout')).toHaveCount(0);
  await till.find('sign-off').click();
  await till.signOn(MANAGER.pin, MANAGER.number);
  await openEditor(till);
  watch.expectLostConnections();
  await till.page.context().setOffline(true);
  await expect(till.find('layout-offline')).toBeVisible({ timeout: 30_000 });
  await till.find('layout-footer').fill('Never saved');
  await expect(till.find('layout-save')).toBeDisabled();
});

const SIZES = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'tablet', width: 800, height: 1280 },
  { name: 'phone', width: 390, height: 844 },
] as const;

for (const language of ['en', 'fa'] as const) {
  test(`pictures of the editor, ${language}`, async ({ till }) => {
    test.setTimeout(120_000);
    const { page } = till;
    await till.enrolAndSignOn(MANAGER.pin, MANAGER.number);
    await till.find('open-settings').click();
    await till.find(`language-${language}`).click();
    await page.keyboard.press('Escape');
    await openEditor(till);
    const first = await paperOf(page);
    await till
      .find('layout-logo-file')
      .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: aLogo() });
    await till.find('layout-logo').waitFor();
    await till.find('layout-logo-size-small').click();
    await expect.poll(() => paperOf(page), { timeout: 40_000 }).not.toBe(first);
    for (const { name, width, height } of SIZES) {
      await page.setViewportSize({ width, height });
      for (const scheme of ['light', 'dark'] as const) {
        if (name !== 'desktop' && scheme === 'dark') continue;
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        const png = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
        mkdirSync(FOLDER, { recursive: true });
        const file = `receipt-layout-${name}-${language}${scheme === 'dark' ? '-dark' : ''}.png`;
        writeFileSync(path.join(FOLDER, file), shrinkPng(png));
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      }
    }
  });
}
