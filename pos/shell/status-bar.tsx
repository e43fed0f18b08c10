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
import type { WorkstationStatus } from '../../shared/client/runtime.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import type { Tone } from '../../shared/ui/notices.tsx';
import { usePos, useWords } from './pos-context.ts';

const CLOCK_TOLERANCE_MS = 120_000;
const CONNECTION_ICONS = { connecting: ServerCog, online: Wifi, hub: Wifi, offline: WifiOff } as const;

export function StatusBar(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const status = pos.workstation.status.value;
  const printerState = pos.printerState.value;
  const { pendingCount, connection, storage, writer } = status;
  const clockIsOff =
    status.clockDifferenceMs !== null && Math.abs(status.clockDifferenceMs) > CLOCK_TOLERANCE_MS;
  const chips: readonly Chip[] = [
    {
      name: 'connection',
      icon: CONNECTION_ICONS[connection],
      tone: connection === 'offline' ? 'warning' : connection === 'connecting' ? 'plain' : 'good',
      words: words.t(`status.${connection}`),
    },
    pendingChip(status, pos.now.value, words),
    ...(storage.level === 'warning' || storage.level === 'full'
      ? [
          {
            name: 'storage',
            icon: HardDrive,
            tone: storage.level === 'full' ? ('danger' as const) : ('warning' as const),
            words: words.t(`status.storage-${storage.level}`),
          },
        ]
      : []),
    ...(status.troubles.some((trouble) => trouble.code === 'ST-05')
      ? [
          {
            name: 'protection',
            icon: ShieldAlert,
            tone: 'plain' as const,
            words: words.t('status.storage-unprotected'),
          },
        ]
      : []),
    ...(printerState === 'failed'
      ? [
          {
            name: 'printer',
            icon: PrinterX,
            tone: 'danger' as const,
            words: words.t('status.printer-failed'),
          },
        ]
      : printerState === 'ok'
        ? [{ name: 'printer', icon: Printer, tone: 'plain' as const, words: words.t('status.printer-ok') }]
        : []),
    ...(clockIsOff
      ? [{ name: 'clock', icon: TriangleAlert, tone: 'warning' as const, words: words.t('status.clock-off') }]
      : []),
    ...(writer === 'another-window'
      ? [{ name: 'writer', icon: Lock, tone: 'warning' as const, words: words.t('status.read-only') }]
      : []),
  ];
  return (
    <button
      type="button"
      class="status-bar"
      data-testid="status-bar"
      data-connection={connection}
      data-pending={pendingCount}
      data-oldest-pending-at={status.oldestPendingAt ?? ''}
      data-last-contact-at={status.lastContactAt ?? ''}
      data-storage={storage.level}
      data-writer={writer}
      data-printer={printerState}
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

type Chip = {
  readonly name: string;
  readonly icon: typeof Wifi;
  readonly tone: Tone;
  readonly words: string;
  /** Shown also where there is no room for words. */
  readonly figure?: string;
};

function pendingChip(status: WorkstationStatus, nowMs: number, words: ReturnType<typeof useWords>): Chip {
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
