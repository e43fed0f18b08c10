// Reads a backup file line by line, and checks one from end to end before anything is touched for it.

import { createReadStream } from 'node:fs';
import { createBrotliDecompress } from 'node:zlib';
import { StartRefused } from '../db/start-refused.ts';
import {
  BACKUP_FORMAT,
  BackupSums,
  parseLine,
  type BackupEnd,
  type BackupHeader,
  type BackupLine,
} from './backup-format.ts';

/** Longest line of a backup; a row of a sale with 2,000 lines has about 1 MB. */
const LINE_MAX_BYTES = 256 * 1024 * 1024;
const NEWLINE = 0x0a;

export type CheckedBackup = { readonly header: BackupHeader; readonly end: BackupEnd };

/** Reads the whole file and compares its sums. StartRefused with what is wrong with it. */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  const sums = new BackupSums();
  let header: BackupHeader | null = null;
  let end: BackupEnd | null = null;
  for await (const { line, text } of readBackup(file)) {
    if (end !== null) throw damaged(file, 'something stands after its end');
    if (line.kind === 'end') {
      end = line.value;
      continue;
    }
    sums.line(text);
    if (line.kind === 'backup') header = line.value;
    else if (header === null) throw damaged(file, 'it does not begin as a backup does');
    else if (line.kind === 'table') sums.startTable(line.value.name);
    else if (line.kind === 'row') sums.row(line.text);
  }
  if (header === null) throw damaged(file, 'it is empty');
  if (header.format !== BACKUP_FORMAT) {
    throw new StartRefused(
      `${file} is a backup of a newer Tillandsia (format ${header.format}). Nothing was changed. Restore it with that version.`,
    );
  }
  if (end === null) throw damaged(file, 'its end is missing, so it was cut off');
  if (JSON.stringify(sums.end()) !== JSON.stringify(end)) throw damaged(file, 'its check sums differ');
  return { header, end };
}

/** The lines of the file in order, each with its text. StartRefused when it cannot be read. */
export async function* readBackup(file: string): AsyncGenerator<{ line: BackupLine; text: string }> {
  for await (const text of readLines(file)) {
    const line = parseLine(text);
    if (line === null) throw damaged(file, 'it holds a line that is none of a backup');
    yield { line, text };
  }
}

// Not node:readline: it also ends lines at U+2028 and U+2029, which stand in texts people write.
async function* readLines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = source.pipe(createBrotliDecompress());
  source.on('error', (error) => unpacked.destroy(error));
  let rest: Buffer[] = [];
  let restBytes = 0;
  try {
    for await (const chunk of unpacked) {
      // Proof of the cast: a decompressor without an encoding gives buffers.
      const bytes = chunk as Buffer;
      let from = 0;
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
        rest.push(bytes.subarray(from, at));
        yield Buffer.concat(rest).toString('utf8');
        rest = [];
        restBytes = 0;
        from = at + 1;
      }
      rest.push(bytes.subarray(from));
      restBytes += bytes.length - from;
      if (restBytes > LINE_MAX_BYTES) throw damaged(file, 'it holds a line without an end');
    }
  } catch (error) {
    throw error instanceof StartRefused ? error : unreadable(file, error);
  } finally {
    source.destroy();
  }
  if (restBytes > 0) throw damaged(file, 'its last line was cut off');
}

function unreadable(file: string, error: unknown): StartRefused {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR'
    ? new StartRefused(
        `${file} cannot be read (${code}). Nothing was changed. Give the file that \`npm run backup\` wrote.`,
        {
          cause: error,
        },
      )
    : damaged(file, `it cannot be unpacked (${code})`);
}

function damaged(file: string, why: string): StartRefused {
  return new StartRefused(
    `${file} is no whole backup: ${why}. Nothing was changed. Use another copy of it, or an older backup.`,
  );
}
