// Receipt → bytes of an Epson-compatible printer. escpos-buffer writes text, styles and alignment into memory;
// the start and end of the job, bars, QR and pictures are ours (commands.ts), because the library forgets to
// reset the printer, cuts without feeding and sends unencodable letters as question marks. A line is written
// as text when a code page shows all of it, and drawn otherwise; a line that can be neither refuses the print.
//
//   receipt ─ layoutReceipt ─► lines ─┬─ all letters in code pages ─► ESC t n, text, LF
//                                     └─ otherwise ─► RasterText ─► GS v 0

import { Buffer } from 'buffer';
import { Align, Printer, Style } from 'escpos-buffer';
import { rowsOfPicture, type Picture } from '../../domain/picture.ts';
import type { Receipt } from '../../domain/receipt-blocks.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { PrintRefusal } from '../ports.ts';
import { CODE_PAGES, codePageRuns, type CodePage, type CodePageRun } from './code-pages.ts';
import {
  code128,
  columnImage,
  ean13,
  feedAndCut,
  feedAndCutThrough,
  feedDots,
  joinBytes,
  lineFeed,
  narrowed,
  qrCode,
  rasterImage,
  startOfJob,
  type Bitmap,
} from './commands.ts';
import { JobMemory } from './job-memory.ts';
import { isPlainText, isRightToLeft, layoutReceipt, lineAsText, type PaperLine } from './layout.ts';
import type { PaperProfile } from './printer-profiles.ts';
import { isolateCodes, type RasterText } from './raster-text.ts';
import { barsPicture, qrPicture } from './symbol-pictures.ts';

export type EncodeRefusal = Exclude<PrintRefusal, 'print-cancelled'>;

type Job = {
  readonly printer: Printer;
  readonly memory: JobMemory;
  readonly pages: readonly CodePage[];
  readonly paper: PaperProfile;
  readonly direction: 'ltr' | 'rtl';
  readonly rasterText: RasterText | null;
  page: CodePage;
};

const LINE_DOTS = 34;
const FONT_DOTS = 26;

/** Bytes of one receipt, from reset to cut. `rasterText` may be null where only code pages are wanted. */
export async function encodeReceipt(
  receipt: Receipt,
  paper: PaperProfile,
  rasterText: RasterText | null,
): Promise<Outcome<Uint8Array, EncodeRefusal>> {
  // escpos-buffer expects Node's Buffer as a global; a browser gets the package of that name.
  globalThis.Buffer ??= Buffer;
  const memory = new JobMemory(paper.pages);
  const printer = await Printer.CONNECT('TM-T20', memory);
  const pages = CODE_PAGES.filter((page) => paper.pages[page] !== undefined);
  const page: CodePage = pages[0] ?? 'cp437';
  await printer.setCodepage(page);
  const direction = isRightToLeft(receipt.language) ? 'rtl' : 'ltr';
  const job: Job = { printer, memory, pages, paper, direction, rasterText, page };
  for (const line of layoutReceipt(receipt, paper.columns)) {
    const written = await writeLine(job, line);
    if (!written.ok) return written;
  }
  return accept(joinBytes([startOfJob(), new Uint8Array(memory.buffer()), endOfJob(paper)]));
}

async function writeLine(job: Job, line: PaperLine): Promise<Outcome<null, EncodeRefusal>> {
  switch (line.kind) {
    case 'pieces':
      return writePieces(job, line);
    case 'barcode':
      return writeBarcode(job, line);
    case 'qr':
      return writeQr(job, line.text);
    case 'picture':
      return writePicture(job, line.picture);
  }
}

async function writePieces(
  job: Job,
  line: Extract<PaperLine, { kind: 'pieces' }>,
): Promise<Outcome<null, EncodeRefusal>> {
  const text = lineAsText(line.pieces);
  const runs = isPlainText(line) ? codePageRuns(text, job.page, job.pages) : null;
  if (runs === null) return drawPieces(job, line);
  const style = line.isBold ? Style.Bold : 0;
  if (line.isLarge) await job.printer.withStyle({ width: 2, height: 2 }, () => writeRuns(job, runs, style));
  else await writeRuns(job, runs, style);
  await writeOwn(job, lineFeed());
  return accept(null);
}

async function writeRuns(job: Job, runs: readonly CodePageRun[], style: number): Promise<void> {
  for (const run of runs) {
    await job.printer.setCodepage(run.page);
    job.page = run.page;
    await job.printer.write(run.text, style);
  }
}

async function drawPieces(
  job: Job,
  line: Extract<PaperLine, { kind: 'pieces' }>,
): Promise<Outcome<null, EncodeRefusal>> {
  if (job.rasterText === null || job.paper.pictures === 'none')
    return refuse('printer-text-not-printable', { text: lineAsText(line.pieces).slice(0, 80) });
  const scale = line.isLarge ? 2 : 1;
  const columnDots = (job.paper.dotsPerLine / job.paper.columns) * scale;
  const drawn = await job.rasterText.draw({
    pieces: line.pieces.map((piece) => ({
      text: isolateCodes(piece.text, job.direction),
      left: Math.round(piece.column * columnDots),
      width: Math.round(piece.columns * columnDots),
      align: piece.align,
    })),
    isBold: line.isBold,
    fontDots: FONT_DOTS * scale,
    width: job.paper.dotsPerLine,
    height: LINE_DOTS * scale,
    direction: job.direction,
  });
  if (!drawn.ok) return drawn;
  return writeBitmap(job, drawn.value);
}

async function writeBarcode(
  job: Job,
  line: Extract<PaperLine, { kind: 'barcode' }>,
): Promise<Outcome<null, EncodeRefusal>> {
  const dots = job.paper.dotsPerLine;
  const bytes = line.symbology === 'ean13' ? ean13(line.code, dots) : code128(line.code, dots);
  await job.printer.setAlignment(Align.Center);
  if (bytes !== null && !job.paper.hasBars) {
    const drawn = await writeBitmap(job, barsPicture(line.symbology, line.code, dots));
    if (!drawn.ok) return drawn;
  }
  if (bytes === null || !job.paper.hasBars) {
    // No bars for this code on this paper: people can still read it and type it.
    const { columns } = job.paper;
    const pieces = [{ text: line.code, column: 0, columns, align: 'left' as const }];
    const written = await writePieces(job, { kind: 'pieces', pieces, isBold: false, isLarge: false });
    await job.printer.setAlignment(Align.Left);
    return written;
  }
  await writeOwn(job, bytes);
  await job.printer.setAlignment(Align.Left);
  return accept(null);
}

async function writeQr(job: Job, text: string): Promise<Outcome<null, EncodeRefusal>> {
  const bytes = qrCode(text, job.paper.dotsPerLine);
  if (bytes === null) return refuse('printer-text-not-printable', { text: text.slice(0, 80) });
  await job.printer.setAlignment(Align.Center);
  const written = job.paper.hasQr
    ? await writeOwn(job, bytes)
    : await writeBitmap(job, qrPicture(text, job.paper.dotsPerLine));
  await job.printer.setAlignment(Align.Left);
  return written;
}

async function writePicture(job: Job, picture: Picture): Promise<Outcome<null, EncodeRefusal>> {
  const bitmap = { width: picture.width, height: picture.height, rows: rowsOfPicture(picture) };
  // A printer that shows no pictures prints the receipt without the shop's.
  if (job.paper.pictures === 'none') return accept(null);
  await job.printer.setAlignment(Align.Center);
  const written = await writeBitmap(job, narrowed(bitmap, job.paper.dotsPerLine));
  await job.printer.setAlignment(Align.Left);
  return written;
}

async function writeBitmap(job: Job, bitmap: Bitmap): Promise<Outcome<null, EncodeRefusal>> {
  switch (job.paper.pictures) {
    case 'raster':
      return writeOwn(job, rasterImage(bitmap));
    case 'columns':
      return writeOwn(job, columnImage(bitmap));
    case 'none':
      return refuse('printer-text-not-printable', { text: '' });
  }
}

function endOfJob({ cut, cutFeedDots }: PaperProfile): Uint8Array {
  switch (cut) {
    case 'partial':
      return feedAndCut(cutFeedDots);
    case 'full':
      return feedAndCutThrough(cutFeedDots);
    case 'none':
      return feedDots(cutFeedDots);
  }
}

async function writeOwn(job: Job, bytes: Uint8Array): Promise<Outcome<null, EncodeRefusal>> {
  await job.memory.write(Buffer.from(bytes));
  return accept(null);
}
