// The drawer hangs on the printer: a pulse on one of two connector pins. It is a job of its own, never part of a
// receipt, so that printing a receipt again can never open the drawer again.

import type { Outcome } from '../domain/refusal.ts';
import { drawerPulse } from './escpos/commands.ts';
import type { CashDrawer } from './ports.ts';

export type DrawerPulse = { readonly pin: 0 | 1; readonly onMs: number; readonly offMs: number };

/** Long enough for the solenoids of common drawers, short enough not to heat them. */
export const USUAL_DRAWER_PULSE: DrawerPulse = { pin: 0, onMs: 120, offMs: 240 };

/** A drawer behind a printer that takes bytes through `send`. */
export function createPrinterDrawer(given: {
  readonly pulse: DrawerPulse;
  readonly send: (bytes: Uint8Array) => Promise<Outcome<unknown>>;
}): CashDrawer {
  return { open: () => given.send(drawerPulse(given.pulse)) };
}
