// Listens to the keys of the whole window, from anywhere on the screen: a scanner's burst becomes one scan, and
// what a person types outside of fields is handed on key by key. The rules are those of keyboard-wedge.ts; here is
// only what a page needs: no burst lands in a field, on a focused button or in a shortcut.
//
//   key ─► in a field?  no ─► held until the pause or the suffix says who typed ─► scan | typed keys
//                       yes ─► reaches the field, unless it comes faster than a person types: then it is held
//                              ─► scan (the field becomes what it was before) | put into the field after all

import type { ScanEvent, Scanner } from './ports.ts';
import {
  advanceWedge,
  expireWedge,
  USUAL_WEDGE_SETTINGS,
  WEDGE_IDLE,
  type WedgeSettings,
  type WedgeState,
} from './keyboard-wedge.ts';

/** A key that a person pressed: anything outside of fields, and only keys that are no text inside of them. */
export type TypedKey = { readonly key: string; readonly code: string; readonly isInField: boolean };

/** Answers whether the key was used; a used key does nothing else. */
export type TypedListener = (key: TypedKey) => boolean;

export type KeyboardScanner = Scanner & {
  /** Calls back for keys that a person pressed, until the returned function is called. */
  onTyped(listener: TypedListener): () => void;
  /** Codes of other scanners go to the same listeners: to a screen, a scan is a scan. */
  readonly deliver: (event: ScanEvent) => void;
  stop(): void;
};

/** Two keys closer than this come from a machine. */
const MACHINE_GAP_MS = 35;
/** Keys typed outside of fields wait this long for a next one before they count as a person's. */
const PERSON_PAUSE_MS = 60;

type TextField = HTMLInputElement | HTMLTextAreaElement;
type Burst = {
  readonly wedge: WedgeState;
  readonly held: readonly TypedKey[];
  /** The field that has the focus, and its text before the burst. */
  readonly field: { readonly element: TextField; readonly before: string } | null;
};

export function createKeyboardScanner(given: {
  readonly window: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  readonly setTimeout: (run: () => void, afterMs: number) => number;
  readonly clearTimeout: (timer: number) => void;
  /** Asked for each key, so that a change in the settings counts at once. */
  readonly settings?: () => WedgeSettings;
}): KeyboardScanner {
  const settingsNow = given.settings ?? (() => USUAL_WEDGE_SETTINGS);
  const scanListeners = new Set<(event: ScanEvent) => void>();
  const typedListeners = new Set<TypedListener>();
  let burst = burstIn(null);
  let timer: number | undefined;

  const deliver = (event: ScanEvent): void => {
    for (const listener of scanListeners) listener(event);
  };
  const tell = (key: TypedKey): boolean => {
    let isUsed = false;
    for (const listener of typedListeners) isUsed = listener(key) || isUsed;
    return isUsed;
  };
  const stopTimer = (): void => {
    if (timer !== undefined) given.clearTimeout(timer);
    timer = undefined;
  };
  /** What was held turned out to be a person's: it goes where it was meant to go. */
  const release = (): void => {
    stopTimer();
    const { held, field } = burst;
    burst = { ...burst, held: [] };
    if (held.length === 0) return;
    if (field === null) held.forEach(tell);
    else insertText(field.element, held.map((key) => key.key).join(''));
  };
  const hold = (event: KeyboardEvent, gapMs: number): void => {
    const { field } = burst;
    // A field gets its keys at once unless they come faster than a person types.
    if (field !== null && gapMs > MACHINE_GAP_MS) {
      release();
      return;
    }
    swallow(event);
    stopTimer();
    const key = { key: event.key, code: event.code, isInField: field !== null };
    burst = { ...burst, held: [...burst.held, key] };
    const settings = settingsNow();
    // Without a key that ends a code, only the pause after it does.
    if (settings.suffixCodes.length === 0) timer = given.setTimeout(endByPause, settings.gapMaxMs + 1);
    else timer = given.setTimeout(release, field === null ? PERSON_PAUSE_MS : settings.gapMaxMs);
  };
  const finishScan = (code: string, atMs: number): void => {
    stopTimer();
    const { field } = burst;
    burst = burstIn(null);
    if (field !== null && field.element.value !== field.before) setText(field.element, field.before);
    deliver({ code, source: 'keyboard', atMs });
  };
  const endByPause = (): void => {
    const lastAt = burst.wedge.times.at(-1) ?? 0;
    const settings = settingsNow();
    const { scan } = expireWedge(burst.wedge, lastAt + settings.gapMaxMs + 1, settings);
    if (scan === null) release();
    else finishScan(scan.code, lastAt);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const settings = settingsNow();
    const element = textFieldOf(event.target);
    const last = burst.wedge.times.at(-1);
    const gapMs = last === undefined ? Number.POSITIVE_INFINITY : event.timeStamp - last;
    if (gapMs > settings.gapMaxMs || element !== (burst.field?.element ?? null)) {
      release();
      burst = burstIn(element);
    }
    // No code begins with a space, but a focused button is pressed with one.
    if (event.code === 'Space' && burst.wedge.text === '') return;
    const step = advanceWedge(burst.wedge, event, settings);
    if (step.scan !== null) {
      swallow(event);
      finishScan(step.scan.code, event.timeStamp);
      return;
    }
    if (step.state.text === burst.wedge.text && step.state.text !== '') return;
    burst = { ...burst, wedge: step.state };
    if (step.state.text !== '') {
      hold(event, gapMs);
      return;
    }
    release();
    burst = burstIn(element);
    const isText = element !== null && (event.key.length === 1 || EDITING_KEYS.has(event.key));
    if (!isText && tell({ key: event.key, code: event.code, isInField: element !== null })) swallow(event);
  };

  given.window.addEventListener('keydown', onKeyDown, { capture: true });
  return {
    onScan: (listener) => {
      scanListeners.add(listener);
      return () => scanListeners.delete(listener);
    },
    onTyped: (listener) => {
      typedListeners.add(listener);
      return () => typedListeners.delete(listener);
    },
    deliver,
    stop() {
      stopTimer();
      given.window.removeEventListener('keydown', onKeyDown, { capture: true });
    },
  };
}

/** Keys that do their own work inside a field. */
const EDITING_KEYS: ReadonlySet<string> = new Set([
  'Enter',
  'Tab',
  'Backspace',
  'Delete',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
]);

const burstIn = (element: TextField | null): Burst => ({
  wedge: WEDGE_IDLE,
  held: [],
  field: element && { element, before: element.value },
});

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function textFieldOf(target: EventTarget | null): TextField | null {
  if (typeof HTMLInputElement !== 'undefined' && target instanceof HTMLInputElement) return target;
  if (typeof HTMLTextAreaElement !== 'undefined' && target instanceof HTMLTextAreaElement) return target;
  return null;
}

function insertText(element: TextField, text: string): void {
  const start = element.selectionStart ?? element.value.length;
  const end = element.selectionEnd ?? start;
  setText(element, element.value.slice(0, start) + text + element.value.slice(end));
  element.setSelectionRange(start + text.length, start + text.length);
}

function setText(element: TextField, text: string): void {
  element.value = text;
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
