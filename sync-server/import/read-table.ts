// Streams the records of a CSV or TSV file, also compressed with xz, with the line each begins on. Nothing is
// held but what is being read. A record that cannot be read is handed on as unreadable, with its lines, so that
// it ends in the report and not in silence.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { parse } from 'csv-parse';
// A CommonJS package whose names only appear when it runs.
import xz from 'xz-decompress';

export type TableRecord =
  | { readonly kind: 'record'; readonly line: number; readonly fields: readonly string[] }
  | { readonly kind: 'unreadable'; readonly line: number; readonly lastLine: number };

export type Table = {
  readonly records: AsyncIterable<TableRecord>;
  /** Share of the file that was read, 0 to 1000. */
  readonly readPermille: () => number;
};

export type TableOptions = {
  readonly delimiter: string;
  readonly encoding: 'utf8' | 'latin1';
};

/** Longest record in characters; a quote that is never closed would otherwise swallow the file. */
const RECORD_MAX = 65_536;

/** What a file's name says about it: tabs or commas, compressed or not. */
export function formOf(file: string): { readonly delimiter: string; readonly isXz: boolean } {
  const isXz = /\.xz$/iu.test(file);
  const plain = file.replace(/\.xz$/iu, '');
  return { delimiter: /\.(tsv|tab)$/iu.test(plain) ? '\t' : ',', isXz };
}

/** Opens the file; it is read as far as the records are asked for. */
export async function readTable(file: string, options: TableOptions): Promise<Table> {
  const { size } = await stat(file);
  let readBytes = 0;
  const source = createReadStream(file);
  source.on('data', (chunk) => {
    readBytes += chunk.length;
  });
  // Listening starts the flow; the parser decides when it goes on.
  source.pause();
  return {
    records: recordsOf(formOf(file).isXz ? unpacked(source) : source, options),
    readPermille: () => (size === 0 ? 1000 : Math.trunc((readBytes * 1000) / size)),
  };
}

// The unpacker is written for the streams of browsers; the shapes are the same.
function unpacked(source: Readable): Readable {
  const packed = Readable.toWeb(source) as globalThis.ReadableStream<Uint8Array>;
  return Readable.fromWeb(new xz.XzReadableStream(packed) as unknown as ReadableStream);
}

async function* recordsOf(source: Readable, options: TableOptions): AsyncGenerator<TableRecord> {
  let lastLine = 0;
  // What the parser has come past and not handed over yet, in order.
  const passed: ({ readonly kind: 'line'; readonly line: number } | TableRecord)[] = [];
  const parser = parse({
    bom: true,
    delimiter: options.delimiter,
    encoding: options.encoding,
    // Tabs separate without quoting: a quotation mark in a TSV file is part of the name.
    quote: options.delimiter === '\t' ? null : '"',
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: RECORD_MAX,
    on_record: (fields, { lines }) => {
      passed.push({ kind: 'line', line: lastLine + 1 });
      lastLine = lines;
      return fields;
    },
    on_skip: (error) => {
      const end = Math.max(lastLine + 1, Number(error?.['lines'] ?? 0));
      passed.push({ kind: 'unreadable', line: lastLine + 1, lastLine: end });
      lastLine = end;
      return undefined;
    },
  });
  // A fault of the file or of the unpacker reaches whoever reads the records.
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const record of parser) {
      // Proof of the cast: without columns and casts every record is a list of texts.
      const fields = record as readonly string[];
      for (let place = passed.shift(); place !== undefined; place = passed.shift()) {
        if (place.kind === 'unreadable') yield place;
        else if (place.kind === 'line') {
          if (fields.some((field) => field !== '')) yield { kind: 'record', line: place.line, fields };
          break;
        }
      }
    }
    for (const place of passed) if (place.kind === 'unreadable') yield place;
  } finally {
    source.destroy();
    parser.destroy();
  }
}
