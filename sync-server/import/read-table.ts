// Streams the records of a CSV or TSV file, also compressed with xz, with the line each begins on. Nothing is
// held but what is being read. A record that cannot be read is handed on as unreadable, so that it ends in the
// report and not in silence; a quotation mark that never closes costs the line it stands on and no other.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
// A CommonJS package whose names only appear when it runs.
import xz from 'xz-decompress';
import { splitRecord, type SeparatorOptions } from './split-record.ts';

export type TableRecord =
  | { readonly kind: 'record'; readonly line: number; readonly fields: readonly string[] }
  | { readonly kind: 'unreadable'; readonly line: number };

export type Table = {
  readonly records: AsyncIterable<TableRecord>;
  /** Share of the file that was read, 0 to 1000. */
  readonly readPermille: () => number;
};

export type TableOptions = {
  readonly delimiter: string;
  readonly encoding: 'utf8' | 'latin1';
};

/** Longest line in characters; what is longer is no line of goods. */
const LINE_MAX = 65_536;
/** Most lines that one record may run over; its characters are limited like those of a line. */
const RECORD_LINES_MAX = 200;

/** What a file's name says about it: tabs or commas, compressed or not. */
export function formOf(file: string): { readonly delimiter: string; readonly isXz: boolean } {
  const isXz = /\.xz$/iu.test(file);
  const plain = file.replace(/\.xz$/iu, '');
  return { delimiter: /\.(tsv|tab)$/iu.test(plain) ? '\t' : ',', isXz };
}

/** Opens the file; it is read as far as the records are asked for. */
export async function readTable(file: string, options: TableOptions): Promise<Table> {
  const { size } = await stat(file);
  const counted = { bytes: 0 };
  const source = Readable.from(countedBytes(createReadStream(file), counted), { objectMode: false });
  const lines = linesOf(formOf(file).isXz ? unpacked(source) : source, options.encoding);
  const { delimiter } = options;
  return {
    // Tabs separate without quoting: a quotation mark in a TSV file is part of the name.
    records: recordsOf(lines, { delimiter, hasQuotes: delimiter !== '\t' }),
    readPermille: () => (size === 0 ? 1000 : Math.trunc((counted.bytes * 1000) / size)),
  };
}

async function* countedBytes(source: Readable, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    // Proof of the cast: a file opened without an encoding gives bytes.
    const bytes = chunk as Uint8Array;
    counted.bytes += bytes.length;
    yield bytes;
  }
}

// The unpacker is written for the streams of browsers; the shapes are the same.
function unpacked(source: Readable): Readable {
  const packed = Readable.toWeb(source) as globalThis.ReadableStream<Uint8Array>;
  return Readable.fromWeb(new xz.XzReadableStream(packed) as unknown as ReadableStream);
}

// Lines without their ends; null stands for a line that is too long. A byte-order mark is not part of the first.
async function* linesOf(source: Readable, encoding: 'utf8' | 'latin1'): AsyncGenerator<string | null> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  let isTooLong = false;
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield isTooLong || line.length > LINE_MAX ? null : withoutReturn(line);
      isTooLong = false;
    }
    if (rest.length <= LINE_MAX) continue;
    isTooLong = true;
    rest = '';
  }
  rest += decoder.decode();
  if (isTooLong) yield null;
  else if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

async function* recordsOf(
  lines: AsyncIterable<string | null>,
  options: SeparatorOptions,
): AsyncGenerator<TableRecord> {
  let open: string[] = [];
  let lineNumber = 0;
  for await (const line of lines) {
    lineNumber += 1;
    if (line === null) {
      yield* closed(open, lineNumber - open.length, options);
      yield { kind: 'unreadable', line: lineNumber };
      open = [];
      continue;
    }
    open.push(line);
    const first = lineNumber - open.length + 1;
    const record = splitRecord(open.join('\n'), options);
    const length = open.reduce((sum, each) => sum + each.length, 0);
    if (record.kind === 'open' && open.length < RECORD_LINES_MAX && length < LINE_MAX) continue;
    if (record.kind === 'fields') {
      if (record.fields.some((field) => field !== ''))
        yield { kind: 'record', line: first, fields: record.fields };
    } else yield* closed(open, first, options);
    open = [];
  }
  yield* closed(open, lineNumber - open.length + 1, options);
}

// Lines whose first has a quotation mark that leads nowhere: that one is unreadable, the others stand for themselves.
function* closed(lines: readonly string[], first: number, options: SeparatorOptions): Generator<TableRecord> {
  for (const [place, text] of lines.entries()) {
    const record = splitRecord(text, options);
    if (place === 0 || record.kind !== 'fields') yield { kind: 'unreadable', line: first + place };
    else if (record.fields.some((field) => field !== '')) {
      yield { kind: 'record', line: first + place, fields: record.fields };
    }
  }
}
