// A scanner on a serial line (or a USB scanner in its virtual port mode): codes end with CR or LF, or with a pause where the
// scanner sends neither. An AIM prefix before the code says which kind of bars it was.

import type { ScanEvent } from '../ports.ts';
import type { SerialLine } from '../link/serial-link.ts';
import { openSerialLink } from '../link/serial-link.ts';
import type { Outcome } from '../../domain/refusal.ts';
import type { OpenRefusal } from '../link/byte-link.ts';

const PAUSE_MS = 80;
const LENGTH_MAX = 4_096;
const GROUP_SEPARATOR = '\u001d';
const DELETE = '\u007f';

/** Cuts what the line says into codes. */
export type CodeCutter = {
  /** Codes that are finished with these bytes. */
  push(bytes: Uint8Array): readonly ScanEvent[];
  /** Nothing came for a while: what stands there is a code. */
  pause(): readonly ScanEvent[];
};

export function createCodeCutter(now: () => number): CodeCutter {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  const eventOf = (line: string): ScanEvent[] => {
    // STX and ETX frame the code on some scanners; GS (FNC1) is part of it.
    const said = [...line]
      .filter((sign) => sign === GROUP_SEPARATOR || (sign >= ' ' && sign !== DELETE))
      .join('');
    const parts = /^(?<aim>\][A-Za-z][0-9A-Za-z])?(?<code>.*)$/s.exec(said)?.groups;
    const code = parts?.['code'] ?? '';
    const symbology = parts?.['aim'];
    if (code === '') return [];
    return [{ code, source: 'serial', atMs: now(), ...(symbology !== undefined && { symbology }) }];
  };
  return {
    push(bytes) {
      text += decoder.decode(bytes, { stream: true });
      const lines = text.split(/[\r\n]+/);
      text = (lines.pop() ?? '').slice(-LENGTH_MAX);
      return lines.flatMap(eventOf);
    },
    pause() {
      const line = text;
      text = '';
      return eventOf(line);
    },
  };
}

/** Opens the scanner and calls back with its codes until the returned function is called. */
export async function openSerialScanner(
  port: SerialPort,
  line: SerialLine,
  given: {
    readonly now: () => number;
    readonly setTimeout: (run: () => void, afterMs: number) => number;
    readonly clearTimeout: (timer: number) => void;
    readonly onScan: (event: ScanEvent) => void;
  },
): Promise<Outcome<() => Promise<void>, OpenRefusal>> {
  const opened = await openSerialLink(port, line);
  if (!opened.ok) return opened;
  const link = opened.value;
  const cutter = createCodeCutter(given.now);
  let timer: number | undefined;
  const stop = link.onBytes((bytes) => {
    if (timer !== undefined) given.clearTimeout(timer);
    cutter.push(bytes).forEach(given.onScan);
    timer = given.setTimeout(() => cutter.pause().forEach(given.onScan), PAUSE_MS);
  });
  const close = async (): Promise<void> => {
    stop();
    if (timer !== undefined) given.clearTimeout(timer);
    await link.close();
  };
  return { ok: true, value: close };
}
