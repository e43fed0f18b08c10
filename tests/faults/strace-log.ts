// Reads what strace wrote about the files of IndexedDB (`STRACE`): which bytes were written to which file, and
// when a sync of that file had ended. An entry of the journal is found by its key, which IndexedDB writes as it is
// (UTF-16, big-endian), whatever it does with the value.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { journalKey } from '../../shared/client/storage/till-database.ts';
import type { JournalPosition } from '../../shared/domain/fact.ts';

type Write = { readonly file: string; readonly at: number; readonly bytes: string };
type Sync = { readonly file: string; readonly begunAt: number; readonly endedAt: number };

/** Times are seconds since 1970; files and bytes stay in the hexadecimal form of strace. */
export type DiskLog = { readonly writes: readonly Write[]; readonly syncs: readonly Sync[] };

/** What it is asked for: with `-xx` the names of files are in hexadecimal form as well. */
export const STRACE =
  'strace --seccomp-bpf -f -y -ttt -T -xx -s 20000 -e trace=write,writev,pwrite64,fdatasync,fsync -e signal=none'.split(
    ' ',
  );

const CALL = /^(\d+)\s+(\d+\.\d+) (\w+)\(\d+<([^>]*)>(.*)$/;
const RESUMED = /^(\d+)\s+(\d+\.\d+) <\.\.\. (?:fdatasync|fsync) resumed>/;
const OF_THE_DATABASE = inHex('/IndexedDB/');

/** Only calls on files of IndexedDB are kept. */
export async function readDiskLog(file: string): Promise<DiskLog> {
  const writes: Write[] = [];
  const syncs: Sync[] = [];
  const begun = new Map<string, { readonly file: string; readonly at: number }>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [, ended, endedAt] = RESUMED.exec(line) ?? [];
    const started = ended === undefined ? undefined : begun.get(ended);
    if (ended !== undefined && started !== undefined) {
      begun.delete(ended);
      syncs.push({ file: started.file, begunAt: started.at, endedAt: Number(endedAt) });
    }
    if (!line.includes(OF_THE_DATABASE)) continue;
    const [, thread = '', at = '', call = '', name = '', rest = ''] = CALL.exec(line) ?? [];
    if (!name.includes(OF_THE_DATABASE)) continue;
    if (!call.endsWith('sync')) writes.push({ file: name, at: Number(at), bytes: rest });
    else if (rest.includes('<unfinished')) begun.set(thread, { file: name, at: Number(at) });
    // Not interrupted by another thread: it was over before the next line, so its end is not later than that.
    else syncs.push({ file: name, begunAt: Number(at), endedAt: Number(at) + tookSeconds(rest) });
  }
  return { writes, syncs };
}

/**
 * Was the entry written between the two times, and had a sync of that very file, begun after the write, ended before
 * the second? Both times are of the wall clock, in seconds.
 */
export function isOnDiskBetween(
  { writes, syncs }: DiskLog,
  entry: JournalPosition,
  [from, to]: readonly [number, number],
): boolean {
  const key = inHex(journalKey(entry.epoch, entry.sequence), '\\x00');
  const written = writes.filter(({ at, bytes }) => at >= from && at <= to && bytes.includes(key));
  const last = written.at(-1);
  if (last === undefined) return false;
  return syncs.some(
    ({ file, begunAt, endedAt }) => file === last.file && begunAt >= last.at && endedAt <= to,
  );
}

/** The end of `= 0 <0.001880>`. */
function tookSeconds(rest: string): number {
  return Number(/<(\d+\.\d+)>$/.exec(rest)?.[1] ?? 0);
}

function inHex(text: string, before = ''): string {
  return [...text].map((sign) => `${before}\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
}
