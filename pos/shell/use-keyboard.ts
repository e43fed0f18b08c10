// Scans and keys for as long as a screen stands. The newest handler is always the one that is asked, so a key right
// after a change sees the change.

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
  useLayoutEffect(() => keyboard.onScan(({ code }) => newest.current(code)), []);
}
