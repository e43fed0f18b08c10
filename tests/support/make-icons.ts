// Draws the PNG icons of both apps from public/<app>/icon.svg with the Chromium of the e2e tests, so that the one
// hand-made drawing stays the source. Run it after a change of the drawing and commit the PNG files:
//   npx tsx tests/support/make-icons.ts
// A maskable icon keeps the drawing inside the safe circle (80 % of the width) on the ground colour.

import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';

if (process.argv.includes('--help')) {
  console.log('usage: npx tsx tests/support/make-icons.ts   draws public/<app>/icon-*.png from icon.svg');
  process.exit(0);
}

const GROUND = { pos: '#17624a', kiosk: '#7a3b5e' } as const;
const SIZES = [
  { file: 'icon-192.png', pixels: 192, isMaskable: false },
  { file: 'icon-512.png', pixels: 512, isMaskable: false },
  { file: 'icon-maskable-512.png', pixels: 512, isMaskable: true },
] as const;

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
});
let drawn = 0;
for (const [app, ground] of Object.entries(GROUND)) {
  const folder = new URL(`../../public/${app}/`, import.meta.url);
  const svg = await readFile(new URL('icon.svg', folder), 'utf8');
  for (const { file, pixels, isMaskable } of SIZES) {
    const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
    // The drawing's own corners are round; below a mask the ground must reach every edge.
    const backdrop = isMaskable ? ground : 'transparent';
    const width = isMaskable ? '86%' : '100%';
    await page.setContent(
      `<style>html,body{margin:0}body{width:100vw;height:100vh;background:${backdrop};display:grid;place-items:center}svg{width:${width};height:auto}</style>${svg}`,
    );
    await writeFile(new URL(file, folder), await page.screenshot({ omitBackground: true }));
    await page.close();
    drawn += 1;
  }
}
await browser.close();
console.log(`${drawn} passed, 0 failed, 0 skipped`);
