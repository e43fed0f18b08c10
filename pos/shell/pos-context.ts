// What every screen of the till may reach: the workstation, the way of speaking, the devices and the few pieces of
// state that belong to the window (which screen, what was typed). Made once by the composition root.

import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CompletedSale, Workstation } from '../../shared/client/runtime.ts';
import type { DeviceHealth } from '../../shared/devices/device-ports.ts';
import type {
  CodeCamera,
  CashDrawer,
  LabelDesk,
  PaperPreview,
  PosPrinter,
  Scale,
  ScanEvent,
  WaitingPrint,
} from '../../shared/devices/ports.ts';
import type { OrderKind } from '../../shared/domain/customer-order.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import type { ReceiptSpeech } from '../../shared/domain/receipt-speech.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import type { Tone, ToastContent } from '../../shared/ui/notices.tsx';
import type { Preferences } from '../../shared/ui/preferences.ts';
import { useSpeech } from '../../shared/ui/speech-context.tsx';
import type { Speech } from '../../shared/ui/speech.ts';
import type { ApprovalAsked } from './approval-asked.ts';
import type { Devices } from './create-devices.ts';
import type { PosKey } from './message-keys.ts';
import type { Terminals } from './create-terminals.ts';
import type { SellState } from './sell-state.ts';
import type { Sounds } from './sounds.ts';

/** Which screen is shown once somebody is signed on. */
export type View =
  | { readonly kind: 'sell' }
  | { readonly kind: 'pay' }
  | { readonly kind: 'finished'; readonly sale: CompletedSale; readonly changeMinor: number }
  | { readonly kind: 'transactions' }
  | { readonly kind: 'attention' }
  | { readonly kind: 'orders'; readonly orderId: string | null }
  /** `tokenId`: the customer showed this pickup token, which was checked. */
  | { readonly kind: 'channel-orders'; readonly orderId: string | null; readonly tokenId?: string };

export type Overlay =
  | 'none'
  | 'settings'
  | 'shortcuts'
  | 'till'
  | 'suspend'
  | 'suspended'
  | 'cards'
  | 'receipt-layout'
  | 'labels'
  | 'devices'
  | OrderKind;

/** A key that a person pressed; the listener answers whether it used it. */
export type KeyPress = { readonly key: string; readonly code: string; readonly isInField: boolean };

export type PosKeyboard = {
  onScan(listener: (event: ScanEvent) => void): () => void;
  onTyped(listener: (key: KeyPress) => boolean): () => void;
};

/** A committed transaction and the hash of its journal entry. */
export type Sold = { readonly transaction: Transaction; readonly hash: string };

/** How the last print went; shown in the status bar. */
export type PrinterState = 'not-set-up' | 'unknown' | 'ok' | 'failed';

export type PosContext = Terminals & {
  readonly workstation: Workstation;
  readonly speech: ReadonlySignal<Speech<PosKey>>;
  readonly preferences: ReadonlySignal<Preferences>;
  readonly choosePreferences: (change: Partial<Preferences>) => void;
  readonly view: Signal<View>;
  readonly overlay: Signal<Overlay>;
  readonly sell: SellState;
  /** A manager is asked to agree to something; null while nobody is. */
  readonly approval: Signal<ApprovalAsked | null>;
  readonly toast: Signal<ToastContent | null>;
  readonly say: (tone: Tone, text: string) => void;
  /** True when it went through; a refusal becomes a toast with its sentence. */
  readonly report: (outcome: Outcome<unknown>) => boolean;
  readonly keyboard: PosKeyboard;
  readonly sounds: Sounds;
  /** Reads codes from pictures; fetched when it is first opened. */
  readonly camera: CodeCamera;
  /** A clock that moves every few seconds, for ages on the screen. */
  readonly now: ReadonlySignal<number>;
  readonly printerState: ReadonlySignal<PrinterState>;
  /** How the chosen printer is, as far as it was learnt. */
  readonly printerHealth: ReadonlySignal<DeviceHealth | undefined>;
  /** What is set up at this till, and how to reach it. */
  readonly devices: Devices;
  /** The chosen printer, or null. */
  readonly printer: ReadonlySignal<PosPrinter | null>;
  /** The drawer behind the chosen printer, or null. */
  readonly drawer: ReadonlySignal<CashDrawer | null>;
  /** Opens it where there is one, and says what went wrong. The entry that allows it has been written before. */
  openDrawer(): Promise<void>;
  /** Prints with the chosen printer, remembers how it went and says what went wrong. Copy 0 is the original. */
  print(sold: Sold, copyNumber: number): Promise<boolean>;
  printInBrowser(sold: Sold, copyNumber: number): Promise<boolean>;
  /** Prints something else than a receipt (a till report) with the chosen printer, or by the browser where there is none. */
  printReport(report: Receipt): Promise<boolean>;
  /** Prints shelf labels, and shows them. */
  readonly labels: LabelDesk;
  /** The item whose label was asked for; the dialog of labels takes it up. */
  readonly labelledItem: Signal<Item | null>;
  /** What a printer would print, to look at. */
  readonly previewPaper: PaperPreview;
  /** Prints that wait for a printer: they are tried again by themselves. */
  readonly printQueue: {
    readonly waiting: ReadonlySignal<readonly WaitingPrint[]>;
    retry(): void;
    /** Hands all of them to the printer that is chosen now. */
    moveToChosen(): Promise<void>;
    /** Hands one of them to a printer. */
    move(printId: string, printerId: string): Promise<void>;
    /** Prints one of them as a copy on the printer that is chosen now, or on its own where none is. */
    printCopy(print: WaitingPrint): Promise<void>;
    /** Forgets one of them; that it is given up, and why, is written down before (`discardPrint`). */
    forget(printId: string): Promise<void>;
  };
  /** The language of the store's receipts; see receipts.ts for what they say. */
  readonly receiptWords: ReadonlySignal<ReceiptSpeech>;
  /** The scale beside this till, or null. */
  readonly scale: ReadonlySignal<Scale | null>;
  choosePort(): Promise<Outcome<string>>;
  readonly isUpdateWaiting: ReadonlySignal<boolean>;
  readonly update: () => void;
  readonly appVersion: string;
};

// There is no screen without a context: `usePos` is called below the provider only.
const Context = createContext<PosContext | null>(null);

export const PosProvider = Context.Provider;

export function usePos(): PosContext {
  const context = useContext(Context);
  if (context === null) throw new Error('a screen stands outside of PosProvider');
  return context;
}

/** The Speech of now with the keys of the till's message files. */
export const useWords = (): Speech<PosKey> => useSpeech<PosKey>();
