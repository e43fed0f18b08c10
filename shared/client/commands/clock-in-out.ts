// The time clock: whoever is signed on comes and goes. The times are those of the device, recorded and never trusted.

import { foldTimeClock } from '../../domain/time-clock.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { readySession } from './ready-session.ts';

export function createCheckInOut(parts: Parts): Pick<TillCommands, 'clockIn' | 'clockOut'> {
  const clock = async (kind: 'clocked-in' | 'clocked-out'): Promise<Outcome<null>> => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const operator = parts.operator.peek();
    if (operator === null) return refuse('not-signed-on');
    const { store, journal } = ready.value;
    const shift = foldTimeClock(await store.about(operator.id))
      .get(operator.id)
      ?.at(-1);
    const isIn = shift !== undefined && shift.outAt === null;
    if (isIn === (kind === 'clocked-in')) return refuse(isIn ? 'already-clocked-in' : 'not-clocked-in');
    const written = await journal.append(kind, () => accept({ operatorId: operator.id }), operator.id);
    return written.ok ? accept(null) : written;
  };
  return { clockIn: () => clock('clocked-in'), clockOut: () => clock('clocked-out') };
}
