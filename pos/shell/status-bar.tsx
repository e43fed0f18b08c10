// The truth in one line: connection, what waits to be sent and for how long, storage, printer, and whether another
// window holds the till. "Synced" is said only when the server has everything. The data attributes say the same to
// tests.

import {
  CloudCheck,
  CloudUpload,
  HardDrive,
  Lock,
  Printer,
  PrinterX,
  ServerCog,
  ShieldAlert,
  TriangleAlert,
  Wifi,
  WifiOff,
} from 'lucide';
import type { JSX } from 'preact';
import type { DeviceHealth } from '../../shared/devices/device-ports.ts';
import type { WorkstationStatus } from '../../shared/client/runtime.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import type { Tone } from '../../shared/ui/notices.tsx';
import { healthTone } from './health-tone.ts';
import type { PosKey } from './message-keys.ts';
import { usePos, useWords, type PrinterState } from './pos-context.ts';

const CLOCK_TOLERANCE_MS = 120_000;
const CONNECTION_ICONS = { connecting: ServerCog, online: Wifi, hub: Wifi, offline: WifiOff } as const;

export function StatusBar(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const status = pos.workstation.status.value;
  const waitingPrints = pos.printQueue.waiting.value.length;
  const health = pos.printerHealth.value;
  const chips = [
    ...chipsOf(status, words, pos.now.value),
    ...printerChip(pos.printerState.value, health, words),
    ...printQueueChip(waitingPrints, words),
  ];
  return (
    <button
      type="button"
      class="status-bar"
      data-testid="status-bar"
      data-connection={status.connection}
      data-pending={status.pendingCount}
      data-oldest-pending-at={status.oldestPendingAt ?? ''}
      data-last-contact-at={status.lastContactAt ?? ''}
      data-storage={status.storage.level}
      data-writer={status.writer}
      data-printer={pos.printerState.value}
      data-printer-health={health ?? ''}
      data-waiting-prints={waitingPrints}
      aria-label={`${words.t('status.label')}: ${chips.map((chip) => chip.words).join(', ')}`}
      onClick={() => {
        pos.overlay.value = 'settings';
      }}
    >
      {chips.map((chip) => (
        <span
          key={chip.name}
          class="status-chip"
          data-tone={chip.tone}
          data-testid={`status-${chip.name}`}
          title={chip.words}
        >
          <Icon of={chip.icon} />
          <span class="status-words">{chip.words}</span>
          {chip.figure !== undefined && <b class="status-figure">{chip.figure}</b>}
        </span>
      ))}
    </button>
  );
}

/** Connection and delivery always; the rest only while there is something to say. */
function chipsOf(status: WorkstationStatus, words: Words, nowMs: number): readonly Chip[] {
  const { connection, storage, writer, clockDifferenceMs, troubles } = status;
  const tone = connection === 'offline' ? 'warning' : connection === 'connecting' ? 'plain' : 'good';
  const chips: Chip[] = [
    { name: 'connection', icon: CONNECTION_ICONS[connection], tone, words: words.t(`status.${connection}`) },
    pendingChip(status, nowMs, words),
  ];
  const tell = (name: string, icon: typeof Wifi, chipTone: Tone, key: PosKey): void => {
    chips.push({ name, icon, tone: chipTone, words: words.t(key) });
  };
  if (storage.level === 'warning') tell('storage', HardDrive, 'warning', 'status.storage-warning');
  if (storage.level === 'full') tell('storage', HardDrive, 'danger', 'status.storage-full');
  if (troubles.some((trouble) => trouble.code === 'ST-05')) {
    tell('protection', ShieldAlert, 'plain', 'status.storage-unprotected');
  }
  if (clockDifferenceMs !== null && Math.abs(clockDifferenceMs) > CLOCK_TOLERANCE_MS) {
    tell('clock', TriangleAlert, 'warning', 'status.clock-off');
  }
  if (writer === 'another-window') tell('writer', Lock, 'warning', 'status.read-only');
  return chips;
}

type Words = ReturnType<typeof useWords>;

type Chip = {
  readonly name: string;
  readonly icon: typeof Wifi;
  readonly tone: Tone;
  readonly words: string;
  /** Shown also where there is no room for words. */
  readonly figure?: string;
};

/** How the chosen printer is; nothing is said of one that nobody has used yet. */
function printerChip(printer: PrinterState, health: DeviceHealth | undefined, words: Words): readonly Chip[] {
  if (health === undefined || health === 'unknown') {
    if (printer === 'failed')
      return [{ name: 'printer', icon: PrinterX, tone: 'danger', words: words.t('status.printer-failed') }];
    if (printer === 'ok')
      return [{ name: 'printer', icon: Printer, tone: 'plain', words: words.t('status.printer-ok') }];
    return [];
  }
  const tone = healthTone(health);
  const state = words.t(`health.${health}`);
  return [
    {
      name: 'printer',
      icon: tone === 'danger' ? PrinterX : Printer,
      // A printer that is well is not worth a colour.
      tone: tone === 'good' ? 'plain' : tone,
      words: words.t('status.printer-is', { state }),
    },
  ];
}

function printQueueChip(count: number, words: Words): readonly Chip[] {
  if (count === 0) return [];
  const said = words.t('status.prints-waiting', { count });
  return [{ name: 'prints', icon: Printer, tone: 'warning', words: said, figure: words.number(count) }];
}

function pendingChip(status: WorkstationStatus, nowMs: number, words: Words): Chip {
  const { pendingCount, oldestPendingAt } = status;
  if (pendingCount === 0) {
    return { name: 'pending', icon: CloudCheck, tone: 'good', words: words.t('status.synced') };
  }
  const age = oldestPendingAt === null ? '' : words.ago(Math.max(0, nowMs - Date.parse(oldestPendingAt)));
  return {
    name: 'pending',
    icon: CloudUpload,
    tone: 'warning',
    words: words.t('status.waiting', { count: pendingCount, age }),
    figure: words.number(pendingCount),
  };
}
