// Pictures of the product as it is, made by every run: three sizes, English and Persian, the main screens also dark.
// They stand in the repository and in the README, so they show the demo store and nothing that changes by the minute.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { shrinkPng } from '../support/shrink-png.ts';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

const FOLDER = path.join(import.meta.dirname, 'screenshots');
const SIZES = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'tablet', width: 800, height: 1280 },
  { name: 'phone', width: 390, height: 844 },
] as const;
const LANGUAGES = ['en', 'fa'] as const;

type Picture = { readonly name: string; readonly isDarkToo?: boolean };

test.use({ reducedMotion: 'reduce' });

for (const language of LANGUAGES) {
  test(`pictures of every screen, ${language}`, async ({ till }) => {
    test.setTimeout(240_000);
    await till.open();
    await till.waitForScreen('enrol');
    if (language === 'en') await takePicture(till, language, { name: 'enrol' });
    await till.find('enrol-demo').click();
    await till.waitForScreen('sign-on');
    await till.signOn();
    await choose(till, 'language', language);
    expect(await till.page.evaluate(() => document.documentElement.dir)).toBe(
      language === 'fa' ? 'rtl' : 'ltr',
    );

    await takePicture(till, language, { name: 'sell-empty' });
    for (const place of [0, 1, 1, 4]) await till.addTile(place);
    await takePicture(till, language, { name: 'sell', isDarkToo: true });
    await till.startPaying();
    await takePicture(till, language, { name: 'pay', isDarkToo: true });
    await till.pressTake();
    await till.waitForFinish();
    await takePicture(till, language, { name: 'finished' });
    await till.find('show-receipt').click();
    await till.find('receipt').waitFor();
    await takePicture(till, language, { name: 'receipt' });
    await till.page.keyboard.press('Escape');
    await till.newSale();
    await till.find('search').fill(language === 'fa' ? 'چای' : 'tea');
    await till.find('search-results').waitFor();
    await takePicture(till, language, { name: 'search' });
    await till.find('search-clear').click();
    await till.find('open-settings').click();
    await till.find('settings').waitFor();
    await takePicture(till, language, { name: 'settings' });
    await till.page.keyboard.press('Escape');
    await till.find('open-transactions').click();
    await till.waitForScreen('transactions');
    await takePicture(till, language, { name: 'transactions' });
  });
}

async function choose(till: Till, what: 'language' | 'theme', value: string): Promise<void> {
  await till.find('open-settings').click();
  await till.find(`${what}-${value}`).click();
  await till.page.keyboard.press('Escape');
  await till.find('settings').waitFor({ state: 'detached' });
}

async function takePicture(till: Till, language: string, picture: Picture): Promise<void> {
  const { page } = till;
  for (const { name, width, height } of SIZES) {
    await page.setViewportSize({ width, height });
    await save(page, `${picture.name}-${name}-${language}`);
    await expectNothingCutOff(page, `${picture.name}-${name}-${language}`);
    if (picture.isDarkToo !== true) continue;
    await page.emulateMedia({ colorScheme: 'dark' });
    await save(page, `${picture.name}-${name}-${language}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(SIZES[0]);
}

async function save(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${name}.png`), shrinkPng(png));
}

/** A page that scrolls sideways hides something from somebody. */
async function expectNothingCutOff(page: Page, name: string): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }));
  expect(scrollWidth, `${name} is wider than its window`).toBeLessThanOrEqual(clientWidth);
}
