// What a backup file is: lines of JSON, compressed as a whole with Brotli. It is a logical copy, so it goes from
// the built-in PostgreSQL to any other and across versions of PostgreSQL.
//
//   ["backup",{format,schemaVersion,madeAt}]      once, first
//   ["table",{name,columns}]                       then its rows, in the order of its primary key
//   ["row",{…}]                                     as PostgreSQL writes a row as JSON
//   ["file",{path,text}]                           keys of the server's own workstations
//   ["end",{tables:[{name,rows,sha256}],sha256}]   once, last; sha256 over everything before it
//
// A file without its last line was cut off, and a file whose sums differ was damaged: neither is restored.

import { createHash } from 'node:crypto';

export const BACKUP_FORMAT = 1;

export type BackupHeader = {
  readonly format: number;
  readonly schemaVersion: number;
  /** ISO instant of the snapshot, by the server's clock. */
  readonly madeAt: string;
};
export type TableHeader = { readonly name: string; readonly columns: readonly string[] };
/** `sha256` is the sum of the hashes of the rows, modulo 2^256: databases that sort text differently agree on it. */
export type TableSum = { readonly name: string; readonly rows: number; readonly sha256: string };
export type StoredFile = { readonly path: string; readonly text: string };
export type BackupEnd = { readonly tables: readonly TableSum[]; readonly sha256: string };

export type BackupLine =
  | { readonly kind: 'backup'; readonly value: BackupHeader }
  | { readonly kind: 'table'; readonly value: TableHeader }
  /** The row as JSON text, exactly as it stands in the file. */
  | { readonly kind: 'row'; readonly text: string }
  | { readonly kind: 'file'; readonly value: StoredFile }
  | { readonly kind: 'end'; readonly value: BackupEnd };

const ROW_START = '["row",';

/** A row of JSON text as a line of the file, without its line end. */
export function rowLine(text: string): string {
  return `${ROW_START}${text}]`;
}

/** Reads one line. Null for what is no line of a backup. Sums and order are for the caller to check. */
export function parseLine(line: string): BackupLine | null {
  if (line.startsWith(ROW_START)) return { kind: 'row', text: line.slice(ROW_START.length, -1) };
  try {
    // Proof of the cast: the shape of what is used is checked below; damage is found by the sums.
    const [kind, value] = JSON.parse(line) as [string, never];
    if (kind === 'backup' || kind === 'table' || kind === 'file' || kind === 'end') return { kind, value };
  } catch {
    // Not JSON: not a line of ours.
  }
  return null;
}

const HASH_MASK = (1n << 256n) - 1n;

/** Counts and hashes rows as they pass, for one table after the other and for the whole file. */
export class BackupSums {
  readonly #tables: { name: string; rows: number; sum: bigint }[] = [];
  readonly #whole = createHash('sha256');

  line(text: string): void {
    this.#whole.update(text).update('\n');
  }

  startTable(name: string): void {
    this.#tables.push({ name, rows: 0, sum: 0n });
  }

  row(text: string): void {
    const table = this.#tables.at(-1);
    if (table === undefined) throw new Error('a row before any table');
    table.rows += 1;
    table.sum = (table.sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) & HASH_MASK;
  }

  end(): BackupEnd {
    return {
      tables: this.#tables.map(({ name, rows, sum }) => ({
        name,
        rows,
        sha256: sum.toString(16).padStart(64, '0'),
      })),
      sha256: this.#whole.copy().digest('hex'),
    };
  }
}
