// Receipt → bytes of an Epson-compatible printer. escpos-buffer writes text, styles and alignment into memory;
// the start and end of the job, bars, QR and pictures are ours (commands.ts), because the library forgets to
// reset the printer, cuts without feeding and sends unencodable letters as question marks. A line is written
// as text when a code page shows all of it, and drawn otherwise; a line that can be neither refuses the print.
//
//   receipt ─ layoutReceipt ─► lines ─┬─ all letters in code pages ─► ESC t n, text, LF
//                                     └─ otherwise ─► RasterText ─► GS v 0

import { Buffer } from 'buffer';
import { Align, InMemory, Printer, Style } from 'escpos-buffer';
import { rowsOfPicture, type Picture } from '../../domain/picture.ts';
import type { Receipt } from '../../domain/receipt-blocks.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { PrintRefusal } from '../ports.ts';
import { codePageRuns, type CodePage, type CodePageRun } from './code-pages.ts';
import {
  code128,
  ean13,
  feedAndCut,
  joinBytes,
  lineFeed,
  narrowed,
  qrCode,
  rasterImage,
  startOfJob,
} from './commands.ts';
import { isPlainText, isRightToLeft, layoutReceipt, lineAsText, type PaperLine } from './layout.ts';
import { isolateCodes, type RasterText } from './raster-text.ts';

/** What the paper and the knife are like. */
export type PaperProfile = {
  /** Columns of font A: 48 on 80 mm, 42 on older 80 mm, 32 on 58 mm. */
  readonly columns: number;
  /** Printed dots per line: 12 a column unless the printer says otherwise. */
  readonly dotsPerLine: number;
  /** Dots fed between the last line and the cut. */
  readonly cutFeedDots: number;
};

export type EncodeRefusal = Exclude<PrintRefusal, 'print-cancelled'>;

/** The usual paper of a printer with that many columns. */
export function paperOfColumns(columns: number): PaperProfile {
  return { columns, dotsPerLine: columns * 12, cutFeedDots: 64 };
}

type Job = {
  readonly printer: Printer;
  readonly memory: InMemory;
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
  const memory = new InMemory();
  const printer = await Printer.CONNECT('TM-T20', memory);
  const page: CodePage = 'cp437';
  await printer.setCodepage(page);
  const direction = isRightToLeft(receipt.language) ? 'rtl' : 'ltr';
  const job: Job = { printer, memory, paper, direction, rasterText, page };
  for (const line of layoutReceipt(receipt, paper.columns)) {
    const written = await writeLine(job, line);
    if (!written.ok) return written;
  }
  return accept(joinBytes([startOfJob(), new Uint8Array(memory.buffer()), feedAndCut(paper.cutFeedDots)]));
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
  const runs = isPlainText(line) ? codePageRuns(text, job.page) : null;
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
  if (job.rasterText === null)
    return refuse('printer-text-not-printable', { text: lineAsText(line.pieces).slice(0, 80) });
  const scale = line.isLarge ? 2 : 1;
  const columnDots = (job.paper.dotsPerLine / job.paper.columns) * scale;
  const drawn = await job.rasterText.draw({
    pieces: line.pieces.map((piece) => ({
      text: isolateCodes(piece.text),
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
  await writeOwn(job, rasterImage(drawn.value));
  return accept(null);
}

async function writeBarcode(
  job: Job,
  line: Extract<PaperLine, { kind: 'barcode' }>,
): Promise<Outcome<null, EncodeRefusal>> {
  const dots = job.paper.dotsPerLine;
  const bytes = line.symbology === 'ean13' ? ean13(line.code, dots) : code128(line.code, dots);
  await job.printer.setAlignment(Align.Center);
  if (bytes === null) {
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
  await writeOwn(job, bytes);
  await job.printer.setAlignment(Align.Left);
  return accept(null);
}

async function writePicture(job: Job, picture: Picture): Promise<Outcome<null, EncodeRefusal>> {
  const bitmap = { width: picture.width, height: picture.height, rows: rowsOfPicture(picture) };
  await job.printer.setAlignment(Align.Center);
  await writeOwn(job, rasterImage(narrowed(bitmap, job.paper.dotsPerLine)));
  await job.printer.setAlignment(Align.Left);
  return accept(null);
}

async function writeOwn(job: Job, bytes: Uint8Array): Promise<void> {
  await job.memory.write(Buffer.from(bytes));
}
