import { describe, expect, it } from 'vitest';
import { accept, refuse } from '../../domain/refusal.ts';
import type { PrinterStatus } from '../ports.ts';
import { healthAfterPrint, healthOfReason, healthOfStatus } from './printer-health.ts';

const WELL: PrinterStatus = {
  paper: 'loaded',
  isCoverOpen: false,
  fault: 'none',
  isOffline: false,
  drawer: 'low',
};

describe('how a printer is', () => {
  it('follows what it says of itself', () => {
    expect(healthOfStatus(WELL)).toBe('ready');
    expect(healthOfStatus({ ...WELL, paper: 'near-end' })).toBe('paper-near-end');
    expect(healthOfStatus({ ...WELL, paper: 'out', isCoverOpen: true })).toBe('cover-open');
    expect(healthOfStatus({ ...WELL, isOffline: true })).toBe('paused');
    expect(healthOfStatus(null)).toBe('not-confirmed');
  });

  it('after a print is as good as its proof', () => {
    expect(healthAfterPrint(accept('on-paper'), { ...WELL, paper: 'near-end' })).toBe('paper-near-end');
    expect(healthAfterPrint(accept('on-paper'), null)).toBe('ready');
    expect(healthAfterPrint(accept('sent'), WELL)).toBe('not-confirmed');
  });

  it('after a receipt that was cut off is what cut it off', () => {
    const cutOff = (because: string) => healthAfterPrint(refuse('printer-interrupted', { because }), null);
    expect(cutOff('printer-paper-out')).toBe('paper-out');
    expect(cutOff('printer-unplugged')).toBe('disconnected');
    expect(cutOff('silent')).toBe('not-responding');
  });

  it('where it was not reached says who is in the way', () => {
    expect(healthOfReason('printer-claimed')).toBe('claimed');
    expect(healthOfReason('printer-needs-permission')).toBe('needs-permission');
    expect(healthOfReason('printer-server-offline')).toBe('bridge-offline');
    expect(healthOfReason('something-new')).toBe('unknown');
  });
});
