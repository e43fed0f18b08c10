// Scans and keys for as long as a screen stands. The newest handler is always the one that is asked, so a key right
// after a change sees the change.

import type { ScanEvent } from '../../shared/devices/ports.ts';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePos, type KeyPress } from './pos-context.ts';

/** Takes keys that a person presses; the handler answers whether it used the key. */
export function useKeys(handler: (key: KeyPress) => boolean): void {
  const { keyboard } = usePos();
  const newest = useRef(handler);
  newest.current = handler;
  useLayoutEffect(() => keyboard.onTyped((key) => newest.current(key)), []);
}

/** Takes the codes that the scanner reads. */
export function useScans(handler: (code: string) => void): void {
  const { keyboard } = usePos();
  const newest = useRef(handler);
  newest.current = handler;
  useLayoutEffect(() => keyboard.onScan((event) => newest.current(codeOf(event))), []);
}

/** AIM prefixes of codes that are made of GS1 fields: without them the same digits could be any code. */
const GS1_PREFIXES: ReadonlySet<string> = new Set([']C1', ']e0', ']e1', ']e2', ']d2', ']Q3', ']J1']);

/** The code as the reader of fields wants it: with its prefix where that says something. */
function codeOf({ code, symbology = '' }: ScanEvent): string {
  return GS1_PREFIXES.has(symbology) ? symbology + code : code;
}
