// Puts together what the screens reach: from the workstation, the devices and the person's choices to one value.

import { computed, signal, type Signal } from '@preact/signals';
import type { Workstation } from '../../shared/client/runtime.ts';
import type { PosPrinter } from '../../shared/devices/ports.ts';
import { buildReceipt } from '../../shared/domain/build-receipt.ts';
import type { PrinterId } from '../../shared/domain/ids.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { showLanguage, showTheme } from '../../shared/ui/look.ts';
import type { Tone, ToastContent } from '../../shared/ui/notices.tsx';
import { isSpoken, writePreferences, type Preferences } from '../../shared/ui/preferences.ts';
import { createSpeech, type Speech } from '../../shared/ui/speech.ts';
import { loadMessages } from './load-messages.ts';
import type { PosKey } from './message-keys.ts';
import type { Overlay, PosContext, PosKeyboard, PrinterState, Sold, View } from './pos-context.ts';
import { createSellState } from './sell-state.ts';
import { createSounds } from './sounds.ts';
import { refusalText } from '../../shared/ui/trouble-text.ts';

/** Window height from which the numpad leaves room for enough lines. */
const NUMPAD_FROM_HEIGHT_PX = 900;

export type CreatePosGiven = {
  readonly workstation: Workstation;
  readonly speech: Signal<Speech<PosKey>>;
  readonly preferences: Preferences;
  readonly keyboard: PosKeyboard;
  readonly now: PosContext['now'];
  readonly update: { readonly isWaiting: PosContext['isUpdateWaiting']; readonly apply: () => void };
  readonly browserPrinter: PosPrinter;
  readonly openPrinter: (printer: { readonly id: PrinterId; readonly columns: number }) => PosPrinter;
  readonly appVersion: string;
  readonly document: { readonly documentElement: HTMLElement };
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
};

export function createPos(given: CreatePosGiven): PosContext {
  const { workstation, speech } = given;
  const preferences = signal(given.preferences);
  const toast = signal<ToastContent | null>(null);
  const sounds = createSounds(() => preferences.value.isSoundOn);
  const lastPrint = signal<'unknown' | 'ok' | 'failed'>('unknown');
  let toastKey = 0;

  const say = (tone: Tone, text: string): void => {
    toastKey += 1;
    toast.value = { key: toastKey, tone, text };
  };
  const report = (outcome: Outcome<unknown>): boolean => {
    if (outcome.ok) return true;
    sounds.bad();
    say('danger', refusalText(speech.value, outcome, workstation.settings.value?.store.currency ?? null));
    return false;
  };
  const printer = computed(() => {
    const chosen = preferences.value.printer;
    if (chosen === 'browser') return given.browserPrinter;
    const configured = workstation.settings.value?.printers ?? [];
    // Nobody has chosen yet: a store with one printer means that one.
    const found =
      chosen === null && configured.length === 1
        ? configured[0]
        : configured.find((one) => one.id === chosen);
    return found === undefined ? null : given.openPrinter(found);
  });
  const receiptOf = ({ transaction, hash }: Sold, copyNumber: number) => {
    const settings = workstation.settings.value;
    if (settings === null) throw new Error('a receipt was asked for before the settings came');
    const operator = workstation.operators.value.find((one) => one.id === transaction.operatorId);
    return buildReceipt(transaction, settings, speech.value, {
      copyNumber,
      hash,
      ...(operator !== undefined && { operatorName: operator.name }),
    });
  };
  const printWith = async (device: PosPrinter | null, sold: Sold, copyNumber: number) => {
    if (device === null) return false;
    const outcome = await device.print(receiptOf(sold, copyNumber));
    if (device !== given.browserPrinter) lastPrint.value = outcome.ok ? 'ok' : 'failed';
    if (outcome.ok && device !== given.browserPrinter) say('good', speech.value.t('print.sent'));
    return report(outcome);
  };

  return {
    workstation,
    speech,
    preferences,
    choosePreferences(change) {
      preferences.value = { ...preferences.value, ...change };
      writePreferences(given.storage, preferences.value);
      if (change.theme !== undefined) showTheme(given.document.documentElement, change.theme);
      if (change.printer !== undefined) lastPrint.value = 'unknown';
      if (change.language !== undefined) void speak(change.language, speech, given.document.documentElement);
    },
    view: signal<View>({ kind: 'sell' }),
    overlay: signal<Overlay>('none'),
    sell: createSellState(given.document.documentElement.clientHeight >= NUMPAD_FROM_HEIGHT_PX),
    toast,
    say,
    report,
    keyboard: given.keyboard,
    sounds,
    now: given.now,
    printer,
    printerState: computed((): PrinterState => (printer.value === null ? 'not-set-up' : lastPrint.value)),
    print: (sold, copyNumber) => printWith(printer.value, sold, copyNumber),
    printInBrowser: (sold, copyNumber) => printWith(given.browserPrinter, sold, copyNumber),
    receiptOf,
    isUpdateWaiting: given.update.isWaiting,
    update: given.update.apply,
    appVersion: given.appVersion,
  };
}

async function speak(
  language: Preferences['language'],
  speech: Signal<Speech<PosKey>>,
  root: HTMLElement,
): Promise<void> {
  if (!isSpoken(language)) return;
  const next = createSpeech<PosKey>(language, await loadMessages(language));
  showLanguage(root, next);
  speech.value = next;
}
