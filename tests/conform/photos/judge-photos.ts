// `npm run conform -- photos MANIFEST`: the product's chain of decoders in Chromium over real photos. A photo passes when the
// code that counts is the expected one, or when nothing counts where there is nothing to read.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expandUpcE } from '../../../shared/domain/barcode.ts';
import { GROUP_SEPARATOR } from '../../../shared/domain/gs1/group-separator.ts';
import { openBuiltPage } from '../../support/built-page.ts';
import type { PhotoRead, ReadPhoto } from '../../support/scanner-page/scanner-page.ts';
import { readList, readObject, readText, type Fields } from '../read-fields.ts';

const DECODED_GOAL = 0.84;
const WRONG_GOAL = 0.003;

type Photo = { readonly file: string; readonly format: string; readonly expected: string | null };
type Outcome = 'right' | 'unread' | 'wrong' | 'read-nothing-there' | 'rightly-nothing';

/** Judges every photo, prints one line each and the sums; the exit code says whether the goals were met. */
export async function judgePhotos(manifest: string, only: string | undefined): Promise<number> {
  const photos = photosOf(manifest);
  const scanner = await openBuiltPage('scanner-page');
  const counts: Record<Outcome, number> = {
    right: 0,
    unread: 0,
    wrong: 0,
    'read-nothing-there': 0,
    'rightly-nothing': 0,
  };
  const reads: PhotoRead[] = [];
  const byFormat = new Map<string, { right: number; all: number }>();
  try {
    for (const [at, photo] of photos.entries()) {
      const address = `/photo-${String(at)}${path.extname(photo.file)}`;
      scanner.serve(address, path.resolve(path.dirname(manifest), photo.file));
      const read = await scanner.page.evaluate(
        (photoAddress) => (window as unknown as { readPhoto: ReadPhoto }).readPhoto(photoAddress),
        address,
      );
      reads.push(read);
      const outcome = outcomeOf(photo, read);
      counts[outcome] += 1;
      const format = byFormat.get(photo.format) ?? { right: 0, all: 0 };
      format.all += 1;
      if (outcome === 'right' || outcome === 'rightly-nothing') format.right += 1;
      byFormat.set(photo.format, format);
      if (only === undefined || only === verdictOf(outcome)) printLine(photo, read, outcome);
    }
    return closeReport({ counts, reads, byFormat, strangers: scanner.strangers });
  } finally {
    await scanner.close();
  }
}

function photosOf(manifest: string): readonly Photo[] {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return readList(readObject(parsed, 'the manifest'), 'images').map((image) => {
    const one: Fields = readObject(image, 'an image');
    const expected = one['expected'];
    const isNothing =
      expected === null || expected === undefined || expected === 'NONE' || one['format'] === 'NONE';
    return {
      file: readText(one, 'file'),
      format: readText(one, 'format'),
      expected: isNothing ? null : readText(one, 'expected'),
    };
  });
}

function outcomeOf({ expected }: Photo, { code }: PhotoRead): Outcome {
  if (expected === null) return code === null ? 'rightly-nothing' : 'read-nothing-there';
  if (code === null) return 'unread';
  return isSameCode(code.text, expected) ? 'right' : 'wrong';
}

/** A UPC is an EAN-13 with a zero before it, a UPC-E a short way to print one, a DataBar a GTIN field; and fields are parted by FNC1 or by the names of the fields in brackets. */
function isSameCode(got: string, expected: string): boolean {
  if (/^\d{8}$/.test(expected) && expandUpcE(expected)?.padStart(14, '0') === got.padStart(14, '0'))
    return true;
  // The only field of a DataBar that is not expanded is its GTIN, and some lists of codes leave the field's name out.
  const gtinOfField = /^01(\d{14})$/.exec(got)?.[1];
  if (gtinOfField !== undefined && gtinOfField === expected) return true;
  const plain = (text: string): string =>
    /^\d{8,14}$/.test(text)
      ? text.padStart(14, '0')
      : text.replace(/[()]/g, '').replaceAll(GROUP_SEPARATOR, '').replaceAll('\r\n', '\n');
  return got === expected || plain(got) === plain(expected);
}

function verdictOf(outcome: Outcome): string {
  return outcome === 'right' || outcome === 'rightly-nothing' ? 'passed' : 'failed';
}

function printLine({ file, format, expected }: Photo, { code }: PhotoRead, outcome: Outcome): void {
  const got = code === null ? 'nothing' : `${code.format} ${JSON.stringify(code.text)}`;
  const wanted = expected === null ? 'nothing' : JSON.stringify(expected);
  const told = verdictOf(outcome) === 'passed' ? '' : `  ${outcome}: expected ${wanted}, got ${got}`;
  process.stdout.write(`${verdictOf(outcome).padEnd(13)}${format.padEnd(16)}${file}${told}\n`);
}

function closeReport(given: {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly reads: readonly PhotoRead[];
  readonly byFormat: ReadonlyMap<string, { readonly right: number; readonly all: number }>;
  readonly strangers: readonly string[];
}): number {
  const { counts, reads, byFormat, strangers } = given;
  const withCode = counts.right + counts.unread + counts.wrong;
  const decoded = withCode === 0 ? 1 : counts.right / withCode;
  const wrong = withCode === 0 ? 0 : counts.wrong / withCode;
  for (const [format, { right, all }] of byFormat)
    process.stdout.write(
      `  ${format.padEnd(16)} ${String(right).padStart(4)} of ${String(all).padStart(4)}  ${percent(right / all).padStart(7)}\n`,
    );
  const pictureMs = reads.flatMap((read) => read.pictureMs);
  const pageMs = reads.flatMap((read) => read.pageMs);
  const decoders = [...new Set(reads.map((read) => read.decoder ?? 'none'))].join(', ');
  process.stdout.write(
    [
      `decoder ${decoders}; ${percent(decoded)} decoded (goal ${percent(DECODED_GOAL)}), ${percent(wrong)} wrong (goal ${percent(WRONG_GOAL)}), ${String(counts['read-nothing-there'])} reads where there is nothing`,
      `a picture: median ${ms(quantile(pictureMs, 0.5))}, p95 ${ms(quantile(pictureMs, 0.95))}; of it the page was busy: median ${ms(quantile(pageMs, 0.5))}, p95 ${ms(quantile(pageMs, 0.95))}`,
      `${String(strangers.length)} requests to other origins`,
      `${String(counts.right + counts['rightly-nothing'])} passed, ${String(counts.unread + counts.wrong + counts['read-nothing-there'])} failed, 0 unsupported`,
    ].join('\n') + '\n',
  );
  const isGood =
    decoded >= DECODED_GOAL &&
    wrong <= WRONG_GOAL &&
    counts['read-nothing-there'] === 0 &&
    strangers.length === 0;
  return isGood ? 0 : 1;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
