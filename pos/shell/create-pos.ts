// Puts together what the screens reach: from the workstation, the devices and the person's choices to one value.

import { signal, type Signal } from '@preact/signals';
import type { Workstation } from '../../shared/client/runtime.ts';
import type { CodeCamera, PosPrinter } from '../../shared/devices/ports.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { showLanguage, showTheme } from '../../shared/ui/look.ts';
import type { Tone, ToastContent } from '../../shared/ui/notices.tsx';
import { isSpoken, writePreferences, type Preferences } from '../../shared/ui/preferences.ts';
import { createSpeech, type Speech } from '../../shared/ui/speech.ts';
import { loadMessages } from './load-messages.ts';
import type { ApprovalAsked } from './approval-asked.ts';
import type { PosKey } from './message-keys.ts';
import type { Devices } from './create-devices.ts';
import { createPrinting, type CreatePrintingGiven } from './create-printing.ts';
import { createTerminals, type TerminalsGiven } from './create-terminals.ts';
import type { Overlay, PosContext, PosKeyboard, View } from './pos-context.ts';
import { createScale, type ScaleGiven } from './create-scale.ts';
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
  readonly camera: CodeCamera;
  readonly previewPaper: PosContext['previewPaper'];
  readonly labels: PosContext['labels'];
  readonly makeSpool: CreatePrintingGiven['makeSpool'];
  readonly devices: Devices;
  readonly appVersion: string;
  readonly document: { readonly documentElement: HTMLElement };
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly makeStandalone: TerminalsGiven['makeStandalone'];
  readonly makeSimulated: TerminalsGiven['makeSimulated'];
  readonly makeServed: TerminalsGiven['makeServed'];
  readonly openScale: ScaleGiven['openScale'];
  /** Asks the person for a serial port; the answer finds it again. */
  readonly choosePort: PosContext['choosePort'];
};

export function createPos(given: CreatePosGiven): PosContext {
  const { workstation, speech } = given;
  const preferences = signal(given.preferences);
  const toast = signal<ToastContent | null>(null);
  const sounds = createSounds(() => preferences.value.isSoundOn);
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
  const terminals = createTerminals({
    settings: workstation.settings,
    preferences,
    makeServed: given.makeServed,
    makeStandalone: given.makeStandalone,
    makeSimulated: given.makeSimulated,
  });
  const printing = createPrinting({ ...given, preferences, say, report });

  return {
    workstation,
    speech,
    preferences,
    choosePreferences(change) {
      preferences.value = { ...preferences.value, ...change };
      writePreferences(given.storage, preferences.value);
      if (change.theme !== undefined) showTheme(given.document.documentElement, change.theme);
      if (change.language !== undefined) void speak(change.language, speech, given.document.documentElement);
    },
    view: signal<View>({ kind: 'sell' }),
    overlay: signal<Overlay>('none'),
    sell: createSellState(given.document.documentElement.clientHeight >= NUMPAD_FROM_HEIGHT_PX),
    approval: signal<ApprovalAsked | null>(null),
    toast,
    say,
    report,
    keyboard: given.keyboard,
    sounds,
    camera: given.camera,
    previewPaper: given.previewPaper,
    labels: given.labels,
    labelledItem: signal(null),
    devices: given.devices,
    now: given.now,
    ...printing,
    ...terminals,
    scale: createScale({ preferences, openScale: given.openScale }),
    choosePort: given.choosePort,
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
