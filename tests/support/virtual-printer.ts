// A receipt printer without paper: listens like a network printer (TCP 9100), decodes strictly, keeps what was
// printed as lines and as pictures, answers status questions, and can run out of paper, hang or cut the line.
// As a program (`tsx tests/support/virtual-printer.ts --help`) it shows receipts in the terminal and saves PNGs.

import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { PrinterCodePages } from '../../shared/devices/paper/code-page-tables.ts';
import { EscPosDecoder } from '../../shared/devices/paper/decode-escpos.ts';
import type { Operation } from '../../shared/devices/paper/escpos-operations.ts';
import { loadGlyphs } from '../../shared/devices/paper/glyphs.ts';
import { Paper } from '../../shared/devices/paper/paper.ts';
import { Mechanism, WELL, type Condition, type Mishap } from './virtual-printer/mechanism.ts';
import { pngOfBits } from './virtual-printer/png.ts';

/** What one connection has sent, decoded. */
export type PrintJob = {
  readonly bytes: Uint8Array;
  readonly operations: readonly Operation[];
  /** Text of the paper, see {@link Paper.text}. */
  readonly text: string;
  readonly lines: Paper['lines'];
  /** Unknown commands, letters outside the code page, lines past the edge. Empty when all was right. */
  readonly faults: readonly string[];
  readonly drawerPulses: number;
  readonly cuts: number;
  /** False when the connection ended while bytes waited for paper. */
  readonly isComplete: boolean;
  readonly paper: Paper;
};

export type VirtualPrinter = {
  readonly port: number;
  /** Finished jobs, oldest first. */
  readonly jobs: readonly PrintJob[];
  /** Resolves with job number `count` (from 1) as soon as it is there; rejects after `timeoutMs`. */
  job(count: number, timeoutMs?: number): Promise<PrintJob>;
  setPaper(state: Condition['paper']): void;
  openCover(): void;
  closeCover(): void;
  setFault(fault: Condition['fault']): void;
  /** The paper of the next job runs out, or its cover is opened, after that many bytes. */
  stopAfter(bytes: number, why: 'paper-out' | 'cover-open'): void;
  /** Stops taking bytes and answering, without closing, until `resume`. */
  hang(): void;
  resume(): void;
  /** The next connection is cut after that many bytes. */
  cutOffAfter(bytes: number): void;
  close(): Promise<void>;
};

const glyphs = await loadGlyphs();

/** The paper as a picture of one bit a dot. */
export function pngOfPaper(paper: Paper): Buffer {
  const { width, rows } = paper.bits();
  const all = rows.length === 0 ? [new Uint8Array(Math.ceil(width / 8))] : rows;
  return pngOfBits(width, all.length, Buffer.concat(all));
}

/** Decodes the bytes of one job without a network. */
export function decodeJob(bytes: Uint8Array, dotsPerLine: number, codePages?: PrinterCodePages): PrintJob {
  const decoder = new EscPosDecoder(codePages);
  const operations = decoder.push(bytes);
  decoder.end();
  return toJob(bytes, { decoder, operations, dotsPerLine, isComplete: true });
}

/** What a mechanism has printed since it began. */
export function toJob(
  bytes: Uint8Array,
  given: {
    readonly decoder: EscPosDecoder;
    readonly operations: readonly Operation[];
    readonly dotsPerLine: number;
    readonly isComplete: boolean;
  },
): PrintJob {
  const paper = new Paper(given.dotsPerLine, glyphs);
  for (const operation of given.operations) paper.apply(operation);
  const faults = given.decoder.faults.map((fault) => `byte ${fault.at}: ${fault.what}`);
  return {
    bytes,
    operations: given.operations,
    text: paper.text(),
    lines: paper.lines,
    faults: [...faults, ...paper.faults],
    drawerPulses: given.operations.filter((operation) => operation.kind === 'drawer-pulse').length,
    cuts: given.operations.filter((operation) => operation.kind === 'cut').length,
    isComplete: given.isComplete,
    paper,
  };
}

const JOB_BYTES_MAX = 8 * 1024 * 1024;

/** Starts a printer; port 0 asks the system for a free one. 576 dots are 80 mm paper, 384 are 58 mm. */
export async function startVirtualPrinter(
  given: {
    readonly port?: number;
    readonly host?: string;
    readonly dotsPerLine?: number;
    readonly onJob?: (job: PrintJob) => void;
  } = {},
): Promise<VirtualPrinter> {
  const dotsPerLine = given.dotsPerLine ?? 576;
  const jobs: PrintJob[] = [];
  const connections = new Map<Socket, Mechanism>();
  const waiting: { readonly count: number; readonly resolve: (job: PrintJob) => void }[] = [];
  let condition: Condition = WELL;
  let isHanging = false;
  let cutOffAt: number | null = null;
  let mishap: Mishap | null = null;
  const change = (changed: Partial<Condition>): void => {
    condition = { ...condition, ...changed };
    for (const mechanism of connections.values()) mechanism.conditionChanged();
  };

  const finishJob = (job: PrintJob): void => {
    jobs.push(job);
    given.onJob?.(job);
    for (const wait of waiting) {
      const found = jobs[wait.count - 1];
      if (found !== undefined) wait.resolve(found);
    }
  };

  const server = createServer((socket) => {
    const mechanism = new Mechanism({
      condition: () => condition,
      say: (bytes) => void socket.write(bytes),
      mishap,
    });
    const chunks: Uint8Array[] = [];
    let received = 0;
    const cutAt = cutOffAt;
    cutOffAt = null;
    mishap = null;
    connections.set(socket, mechanism);
    if (isHanging) socket.pause();
    socket.on('data', (data: Buffer) => {
      const chunk = cutAt === null ? data : data.subarray(0, Math.max(0, cutAt - received));
      received += data.length;
      chunks.push(chunk);
      mechanism.receive(chunk);
      if ((cutAt !== null && received >= cutAt) || received > JOB_BYTES_MAX) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      connections.delete(socket);
      const { decoder, operations, held } = mechanism;
      decoder.end();
      const isJob = operations.some((operation) => operation.kind !== 'status-request');
      if (!isJob && decoder.faults.length === 0 && held === 0) return;
      finishJob(toJob(Buffer.concat(chunks), { decoder, operations, dotsPerLine, isComplete: held === 0 }));
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(given.port ?? 0, given.host ?? '127.0.0.1', listening);
  });

  return {
    // A TCP server that listens has an address of this type.
    port: (server.address() as AddressInfo).port,
    jobs,
    job(count, timeoutMs = 10_000) {
      const found = jobs[count - 1];
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((arrived, late) => {
        const timer = setTimeout(
          () => late(new Error(`No print job ${count} within ${timeoutMs} ms; there are ${jobs.length}.`)),
          timeoutMs,
        );
        waiting.push({
          count,
          resolve: (job) => {
            clearTimeout(timer);
            arrived(job);
          },
        });
      });
    },
    setPaper: (paper) => change({ paper }),
    openCover: () => change({ isCoverOpen: true }),
    closeCover: () => change({ isCoverOpen: false }),
    setFault: (fault) => change({ fault }),
    stopAfter(afterBytes, why) {
      const happens = () => change(why === 'paper-out' ? { paper: 'out' } : { isCoverOpen: true });
      mishap = { afterBytes, happens };
    },
    hang() {
      isHanging = true;
      for (const socket of connections.keys()) socket.pause();
    },
    resume() {
      isHanging = false;
      for (const socket of connections.keys()) socket.resume();
    },
    cutOffAfter(bytes) {
      cutOffAt = bytes;
    },
    close() {
      for (const socket of connections.keys()) socket.destroy();
      return new Promise((closed) => {
        server.close(() => closed());
      });
    },
  };
}

const HELP = `Virtual receipt printer: prints in the terminal and saves pictures.

  tsx tests/support/virtual-printer.ts [--port 9100] [--host 127.0.0.1] [--dots 576] [--folder .data/paper]

Receipts are saved as PNG in the folder. Unknown commands are shown as faults.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      port: { type: 'string', default: '9100' },
      host: { type: 'string', default: '127.0.0.1' },
      dots: { type: 'string', default: '576' },
      folder: { type: 'string', default: '.data/paper' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const folder = resolve(values.folder);
  mkdirSync(folder, { recursive: true });
  const started = Date.now();
  let count = 0;
  const printer = await startVirtualPrinter({
    port: Number(values.port),
    host: values.host,
    dotsPerLine: Number(values.dots),
    onJob: (job) => {
      count += 1;
      const file = join(folder, `receipt-${started}-${String(count).padStart(4, '0')}.png`);
      writeFileSync(file, pngOfPaper(job.paper));
      console.log(showJob(job, file));
    },
  });
  console.log(`Virtual printer on ${values.host}:${printer.port}, pictures in ${folder}.`);
  process.once('SIGINT', () => void printer.close());
  process.once('SIGTERM', () => void printer.close());
}

/** A job as text for the terminal. */
export function showJob(job: PrintJob, file: string): string {
  const marks = [
    ...Array.from({ length: job.drawerPulses }, () => '[the cash drawer opens]'),
    ...job.faults.map((fault) => `FAULT ${fault}`),
  ];
  return ['', job.text, ...marks, `(${job.bytes.length} bytes, ${file})`].filter(Boolean).join('\n');
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main();
