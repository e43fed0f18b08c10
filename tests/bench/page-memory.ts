// Memory of the app: what the browser itself counts for the page and its workers where the page is isolated enough to
// ask, else the resident memory of the page's process, which also holds the browser's own code.

import type { Page } from 'playwright';
import { readdirSync, readFileSync } from 'node:fs';
import { residentKilobytes } from './process-cost.ts';

export type PageMemory = { readonly megabytes: number; readonly how: string };

type MeasuringPerformance = Performance & {
  measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
};

export async function memoryOfPage(page: Page): Promise<PageMemory> {
  const bytes = await page.evaluate(async () => {
    // The method is not in the standard types; it is there in isolated pages of Chromium only.
    const measuring = performance as MeasuringPerformance;
    if (!crossOriginIsolated || measuring.measureUserAgentSpecificMemory === undefined) return null;
    return (await measuring.measureUserAgentSpecificMemory()).bytes;
  });
  if (bytes !== null) return { megabytes: bytes / 1e6, how: 'measureUserAgentSpecificMemory, with workers' };
  return { megabytes: largestRendererMegabytes(), how: 'resident memory of the renderer process' };
}

function largestRendererMegabytes(): number {
  const renderers = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandLine(pid).includes('--type=renderer'))
    .map((pid) => residentKilobytes(Number(pid)));
  return Math.max(...renderers) / 1000;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
