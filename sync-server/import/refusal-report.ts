// The report of refused rows: a TSV file with the line number, the reason, a sentence, and the row as it came (as
// JSON, so that tabs and line breaks in it stay one line). It is made when the first row is refused.

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Refusal } from '../../shared/domain/refusal.ts';
import { sentenceFor, type RefusalReason } from './sentences.ts';

export type RefusalReport = {
  readonly add: (given: {
    readonly line: number;
    readonly reason: RefusalReason;
    readonly details: Refusal['details'];
    readonly fields: readonly string[];
  }) => Promise<void>;
  /** Refused rows by reason, most frequent first. */
  readonly counts: () => readonly (readonly [RefusalReason, number])[];
  /** Finishes the file; null when no row was refused. */
  readonly close: () => Promise<string | null>;
};

export function createRefusalReport(file: string): RefusalReport {
  const counts = new Map<RefusalReason, number>();
  let output: WriteStream | null = null;
  const open = async (): Promise<WriteStream> => {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const stream = createWriteStream(file, { mode: 0o600 });
    stream.write('line\treason\tsentence\trow\n');
    return stream;
  };
  return {
    async add({ line, reason, details, fields }) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      output ??= await open();
      const sentence = sentenceFor(reason, details).replaceAll(/\p{Cc}/gu, ' ');
      const isRoom = output.write(`${line}\t${reason}\t${sentence}\t${JSON.stringify(fields)}\n`);
      if (!isRoom) await once(output, 'drain');
    },
    counts: () => [...counts].toSorted(([, one], [, other]) => other - one),
    async close() {
      if (output === null) return null;
      output.end();
      await once(output, 'finish');
      return file;
    },
  };
}
