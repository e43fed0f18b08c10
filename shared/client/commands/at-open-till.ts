// Asked first by every command of the till: is there an open journal, somebody signed on, and a session that is open?

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Operator } from '../../domain/operator.ts';
import type { StoreSettings } from '../../domain/store.ts';
import type { TillState } from '../../domain/till-session.ts';
import type { OpenTill } from '../../domain/z-report.ts';
import type { Parts } from '../parts.ts';
import type { TillSession } from '../session.ts';
import { readySession } from './ready-session.ts';

export type AtTill = {
  readonly session: TillSession;
  readonly operator: Operator;
  readonly settings: StoreSettings;
  readonly state: TillState;
};

/** Refuses as readySession does, `not-signed-on`, and `till-history-missing` when older entries are only on the server. */
export function atTill(parts: Parts): Outcome<AtTill> {
  const ready = readySession(parts);
  if (!ready.ok) return ready;
  const operator = parts.operator.peek();
  if (operator === null) return refuse('not-signed-on');
  const settings = parts.settings.peek();
  if (settings === null) return refuse('not-ready');
  const state = parts.till.peek();
  return state === null
    ? refuse('till-history-missing')
    : accept({ session: ready.value, operator, settings, state });
}

/** The same, `till-not-open`, and `training-on`: practice moves no cash and closes nothing. */
export function atOpenTill(parts: Parts): Outcome<AtTill & { readonly open: OpenTill }> {
  const at = atTill(parts);
  if (!at.ok) return at;
  const { open, isTraining } = at.value.state;
  if (isTraining) return refuse('training-on');
  return open === null ? refuse('till-not-open') : accept({ ...at.value, open });
}
