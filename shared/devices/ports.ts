// What a device promises, named after UnifiedPOS. A promise is small and kept or refused: the answer is an
// Outcome, never an exception, because a printer without paper is daily business and never undoes a sale.
// Screens see these types only; drivers are chosen by the composition root.

import type { AnsweredCard } from '../domain/card-details.ts';
import type { DisplayContent } from '../domain/display-content.ts';
import type { Receipt } from '../domain/receipt-blocks.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { ShelfLabel } from '../domain/shelf-label.ts';
import type { ConfiguredPrinter } from '../domain/store.ts';

/**
 * Why a driver itself did not print; each has a sentence under `refusal.<reason>`. What stands behind the driver
 * (the server, the printer) refuses with reasons of its own, which are passed on.
 */
export type PrintRefusal = 'printer-font-missing' | 'printer-text-not-printable' | 'print-cancelled';

/**
 * `on-paper` where the printer said that it has printed all of it, `sent` where it took all and cannot say more, null where
 * not even that is known (the browser's own dialog).
 */
export type PrintProof = 'on-paper' | 'sent' | null;

/** Prints on paper (or hands the page to the browser). `ok` means the device took all of it. */
export type PosPrinter = {
  /**
   * `jobId` is the same for each attempt at one print: what stands between (the server) then answers a repeated
   * question instead of printing twice.
   */
  print(receipt: Receipt, jobId?: string): Promise<Outcome<PrintProof>>;
};

/** What a printer says of itself; drawer is the level of its wire, which each drawer connects in its own way. */
export type PrinterStatus = {
  readonly paper: 'loaded' | 'near-end' | 'out';
  readonly isCoverOpen: boolean;
  readonly fault: 'none' | 'recoverable' | 'overheated' | 'unrecoverable';
  readonly isOffline: boolean;
  readonly drawer: 'low' | 'high';
};

/** Black dots on paper, rows padded to whole bytes, most significant bit left, 1 = black. */
export type PaperDots = { readonly width: number; readonly height: number; readonly rows: Uint8Array };

/** What a printer with so many columns would print, as dots; refuses what a printer would refuse. */
export type PaperPreview = (receipt: Receipt, columns: number) => Promise<Outcome<PaperDots>>;

/** Millimetres: small 40 × 25, medium 57 × 32, large 100 × 50. */
export type LabelSize = 'small' | 'medium' | 'large';

/** Labels of goods, on label printers and on receipt printers. */
export type LabelDesk = {
  /** Refuses what the printer behind it refuses; then some of the labels may be out already. */
  print(
    printer: ConfiguredPrinter,
    labels: readonly { readonly label: ShelfLabel; readonly copies: number }[],
    size: LabelSize,
  ): Promise<Outcome<null>>;
  preview(label: ShelfLabel, size: LabelSize): Promise<Outcome<PaperDots>>;
};

/** The box that opens. Asked only after the sale is final, and never again for the same sale by itself. */
export type CashDrawer = {
  open(): Promise<Outcome<unknown>>;
};

/** One code as read, before the domain has parsed it. */
export type ScanEvent = {
  readonly code: string;
  readonly source: 'keyboard' | 'camera' | 'hid' | 'serial' | 'typed';
  /** AIM prefix of the symbology (`]E0`), where the device says it. */
  readonly symbology?: string;
  /** Milliseconds on the clock of the event (`KeyboardEvent.timeStamp`); for measuring, not for dating. */
  readonly atMs: number;
};

export type Scanner = {
  /** Calls back for every code read, until the returned function is called. */
  onScan(listener: (event: ScanEvent) => void): () => void;
};

/** What a card terminal is asked to do. The amount is positive, in minor units of the currency. */
export type CardAsked = {
  readonly attemptId: string;
  readonly amountMinor: number;
  readonly currency: string;
};

/** `unknown` when nobody can say: the answer was lost, or never came. It is never read as a no. */
export type CardAnswer =
  | { readonly outcome: 'approved'; readonly approvedMinor: number; readonly card: AnsweredCard }
  | { readonly outcome: 'declined' | 'unknown'; readonly reason: string };

export type CardTerminalState =
  | 'idle'
  | 'awaiting-card'
  | 'approved'
  | 'declined'
  | 'unknown'
  | 'reversal-pending';

/**
 * Takes money from cards (UnifiedPOS calls it CAT). It is asked once for each attempt, and only after the attempt is in the
 * journal. It answers always: what it cannot find out is `unknown`.
 *
 *   idle ──► awaiting-card ──► approved | declined | unknown ──► idle
 *   idle ──► reversal-pending ──► approved | declined | unknown ──► idle
 */
export type CardTerminal = {
  readonly id: string;
  /** `standalone`: a person carries question and answer. `zvt` and `nexo` are asked through the server. */
  readonly driver: 'standalone' | 'simulator' | 'zvt' | 'nexo';
  state(): CardTerminalState;
  onState(listener: (state: CardTerminalState) => void): () => void;
  /** Less than was asked for may be approved. */
  authorizeSales(asked: CardAsked): Promise<CardAnswer>;
  authorizeRefund(asked: CardAsked): Promise<CardAnswer>;
  /** Takes an approved attempt back, whole. */
  authorizeVoid(asked: CardAsked & { readonly reverses: string }): Promise<CardAnswer>;
  /** What it remembers of an attempt; `declined` for one that never reached it. Moves no money. */
  retrieveResult(attemptId: string): Promise<CardAnswer>;
  /** What only a terminal on the network has. */
  readonly served?: ServedTerminal;
};

/** What a terminal adds up when its day is closed, beside what its attempts have come to. */
export type TerminalDay = {
  readonly terminal: { readonly count: number; readonly amountMinor: number };
  readonly recorded: { readonly count: number; readonly amountMinor: number };
  /** Attempts whose outcome nobody knows. */
  readonly unknownCount: number;
  readonly isEqual: boolean;
};

export type ServedTerminal = {
  readonly name: string;
  /** What the terminal asks of the customer now, as a code; null while it asks nothing. */
  onPrompt(listener: (prompt: string | null) => void): () => void;
  /** Asks the terminal to stop; what became of the attempt is answered as ever. */
  cancel(): void;
  /** Closes its day. A repeat under the same id is answered with the same numbers. */
  endOfDay(asked: { readonly closingId: string; readonly currency: string }): Promise<Outcome<TerminalDay>>;
};

/** What a scale says, in thousandths of a kilogram. Only a `weight` stands still; `silent` and `gone` are about the line. */
export type ScaleReading =
  | { readonly kind: 'weight'; readonly milli: number }
  | { readonly kind: 'moving'; readonly milli?: number }
  | { readonly kind: 'over' | 'under' | 'silent' | 'gone' };

export type Scale = {
  /** Calls back for every answer until the returned function is called; nothing is asked of the scale otherwise. */
  watch(listener: (reading: ScaleReading) => void): () => void;
  readonly canZero: boolean;
  /** Sets it to zero while it is watched. */
  zero(): void;
};

export const SCALE_KINDS = ['toledo-8217', 'adam', 'lines'] as const;
/** How a scale speaks. */
export type ScaleKind = (typeof SCALE_KINDS)[number];

/** A display of two lines for the customer (UnifiedPOS calls it LineDisplay). The newest content counts. */
export type LineDisplay = {
  show(content: DisplayContent): void;
};

/** What came of a question to the server that speaks with the terminals. */
export type TerminalLinkAnswer =
  | { readonly kind: 'ok'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly detail: string }
  /** Nobody can say whether it arrived. */
  | { readonly kind: 'unreachable' }
  /** It was not sent, because there is no server to send it to. */
  | { readonly kind: 'not-sent' };

/** `path` below the terminals of the server; a body makes it a POST. */
export type TerminalLink = (
  path: string,
  given: { readonly body?: unknown; readonly timeoutMs: number },
) => Promise<TerminalLinkAnswer>;

/** Why there is no camera; each has a sentence under `refusal.<reason>`. */
export type CameraRefusal = 'camera-not-allowed' | 'camera-missing' | 'camera-busy' | 'camera-failed';

export type OpenCamera = {
  /** One of `devices()`; the camera at the back where absent. */
  readonly deviceId?: string;
  readonly onScan: (event: ScanEvent) => void;
  /** It stopped by itself: taken away, nothing read for a while, or nothing here can read codes. */
  readonly onStop: (reason: 'unplugged' | 'idle' | 'no-decoder') => void;
};

/** A camera that is looking, until it is stopped. */
export type CameraSession = {
  readonly hasTorch: boolean;
  /** False when the lamp did not follow. */
  setTorch(isOn: boolean): Promise<boolean>;
  readonly deviceId: string | null;
  /** What reads the pictures now; null before the first. `basic` reads fewer codes, and slower. */
  decoder(): 'native' | 'wasm' | 'basic' | null;
  stop(): void;
};

/** A camera that reads codes. */
export type CodeCamera = {
  open(video: HTMLVideoElement, asked: OpenCamera): Promise<Outcome<CameraSession, CameraRefusal>>;
  /** Cameras of this device; their names are known once one was allowed. */
  devices(): Promise<readonly { readonly id: string; readonly label: string }[]>;
};

/** A print that waits, as far as screens show it. */
export type WaitingPrint = {
  readonly id: string;
  readonly createdAtMs: number;
  readonly problem: string | null;
  readonly deviceId: string;
  readonly state: 'queued' | 'sending';
};

/** A printer and its drawer, as the spool uses them. */
export type SpoolDevice = {
  readonly printer: PosPrinter;
  readonly drawer: CashDrawer;
  /** Somebody else (the server) keeps its jobs by their ids too, and prints none twice. */
  readonly isKept?: boolean;
};

/** What a spool must know of the till that uses it. */
export type SpoolDevices = {
  /** The devices behind the id of a printer, or null where it is not set up any more. */
  readonly deviceOf: (deviceId: string) => SpoolDevice | null;
  /** The printer that takes over when this one certainly printed nothing; null where nobody chose one. */
  readonly insteadOf?: (deviceId: string) => string | null;
  /** The sentence on a receipt that is printed again. */
  readonly repeatSentence: () => string;
  /** The sentence on a copy that somebody asked for. */
  readonly copySentence: () => string;
  readonly onChange: (waiting: readonly WaitingPrint[]) => void;
};

/** Keeps prints until they are on paper. */
export type PrintSpool = {
  /** Takes the jobs up that were left behind. */
  start(): Promise<void>;
  /** Resolves after the first attempt; the job is kept and tried again where it failed. `printer-queue-full`. */
  print(deviceId: string, receipt: Receipt): Promise<Outcome<PrintProof>>;
  /** Opens within a few seconds or never. */
  openDrawer(deviceId: string): Promise<Outcome<unknown>>;
  /** Tries everything that waits now. */
  retry(): void;
  /** Hands everything that waits, or one print, to another printer. */
  moveTo(deviceId: string, id?: string): Promise<void>;
  /** Prints one of them on a printer as a copy, which says so on its first line, whatever became of the first. */
  printCopy(deviceId: string, id: string): Promise<void>;
  /** Gives one print up. */
  discard(id: string): Promise<void>;
};

/** What the cashier is asked to do at the terminal. */
export type StandaloneQuestion = CardAsked & { readonly action: 'payment' | 'refund' | 'reversal' };

/** What the terminal said, as the cashier read it; `unclear` when they cannot tell. */
export type StandaloneEntry =
  | { readonly kind: 'approved'; readonly card: AnsweredCard }
  | { readonly kind: 'declined' | 'unclear' };

export const SIMULATED_STEPS = ['approve', 'decline', 'answer-lost', 'slow', 'partial'] as const;
/** What a simulated terminal does with the next card. */
export type SimulatedStep = (typeof SIMULATED_STEPS)[number];
