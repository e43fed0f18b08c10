// From what a printer said, or why it was not reached, to the one word that people are told.

import type { Outcome } from '../../domain/refusal.ts';
import type { DeviceHealth } from '../device-ports.ts';
import type { PrinterStatus, PrintProof } from '../ports.ts';

const OF_REASON: Readonly<Record<string, DeviceHealth>> = {
  'printer-not-set-up': 'not-set-up',
  'printer-unknown': 'not-set-up',
  'printer-not-known': 'not-set-up',
  'printer-needs-permission': 'needs-permission',
  'printer-unplugged': 'disconnected',
  'printer-unreachable': 'disconnected',
  'printer-not-reached': 'disconnected',
  'printer-claimed': 'claimed',
  'printer-wrong-kind': 'wrong-device',
  'printer-not-supported': 'not-supported',
  'printer-not-answering': 'not-responding',
  'printer-stalled': 'not-responding',
  'printer-paper-out': 'paper-out',
  'printer-cover-open': 'cover-open',
  'printer-fault': 'fault',
  'printer-overheated': 'overheated',
  'printer-broken': 'broken',
  'printer-paused': 'paused',
  'printer-busy': 'busy',
  'printer-server-offline': 'bridge-offline',
  'printer-server-lost': 'bridge-offline',
};

/** How the printer is after a print. */
export function healthAfterPrint(outcome: Outcome<PrintProof>, status: PrinterStatus | null): DeviceHealth {
  if (outcome.ok) {
    if (outcome.value !== 'on-paper') return 'not-confirmed';
    // It proved the print without saying more.
    return status === null ? 'ready' : healthOfStatus(status);
  }
  const { because } = outcome.details;
  if (outcome.reason === 'printer-interrupted')
    return typeof because === 'string' ? (OF_REASON[because] ?? 'not-responding') : 'not-responding';
  return healthOfReason(outcome.reason);
}

export function healthOfReason(reason: string): DeviceHealth {
  return OF_REASON[reason] ?? 'unknown';
}

/** How a printer is that was asked; null where it does not say. */
export function healthOfStatus(status: PrinterStatus | null): DeviceHealth {
  if (status === null) return 'not-confirmed';
  if (status.isCoverOpen) return 'cover-open';
  if (status.paper === 'out') return 'paper-out';
  switch (status.fault) {
    case 'recoverable':
      return 'fault';
    case 'overheated':
      return 'overheated';
    case 'unrecoverable':
      return 'broken';
    case 'none':
      if (status.isOffline) return 'paused';
      return status.paper === 'near-end' ? 'paper-near-end' : 'ready';
  }
}
