// Shelf labels at the till: an item looked up, three sizes to look at, and strips out of a receipt printer.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shrinkPng } from '../support/shrink-png.ts';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

const FOLDER = path.join(import.meta.dirname, 'screenshots');

async function openLabels(till: Till, words: string): Promise<void> {
  await till.find('open-settings').click();
  await till.find('open-labels').click();
  await till.find('labels-search').fill(words);
  await till.page
    .getByTestId(/^labels-hit-/)
    .first()
    .click();
  await till.find('label-paper').waitFor();
}

test('labels of an item come out of the printer, as many as were asked for', async ({ till, printer }) => {
  await till.enrolAndSignOn();
  await till.find('open-settings').click();
  await till.find('open-labels').click();
  await till.find('labels-changed').click();
  await expect(till.find('toast')).not.toBeEmpty();
  await till.find('labels-search').fill('tea');
  await till.page
    .getByTestId(/^labels-hit-/)
    .first()
    .click();
  await till.page
    .getByTestId(/^labels-more-/)
    .first()
    .click();
  await expect(till.find('labels-print')).toContainText('2');
  await till.find('labels-printer-counter').check();
  const jobs = printer.jobs.length;
  await till.find('labels-print').click();
  await expect.poll(() => printer.jobs.length, { timeout: 40_000 }).toBe(jobs + 1);
  const job = printer.jobs.at(-1);
  expect(job?.faults).toEqual([]);
  expect(job?.cuts).toBe(2);
  expect(job?.lines.filter(({ kind }) => kind === 'barcode')).toHaveLength(2);
  expect(job?.text).toContain('€');
});

for (const [language, words] of [
  ['en', 'tea'],
  ['fa', 'چای'],
] as const) {
  test(`pictures of the labels, ${language}`, async ({ till }) => {
    test.setTimeout(120_000);
    const { page } = till;
    await till.enrolAndSignOn();
    await till.find('open-settings').click();
    await till.find(`language-${language}`).click();
    await page.keyboard.press('Escape');
    await openLabels(till, words);
    for (const size of ['small', 'medium', 'large'] as const) {
      const before = await till.find('label-paper').getAttribute('width');
      await till.find(`labels-size-${size}`).click();
      if (size !== 'medium')
        await expect(till.find('label-paper')).not.toHaveAttribute('width', before ?? '');
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await save(till, `labels-${size}-${language}${scheme === 'dark' ? '-dark' : ''}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await save(till, `labels-phone-${language}`);
  });
}

async function save({ page }: Till, name: string): Promise<void> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${name}.png`), shrinkPng(png));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}
