// Carries attempts out. An attempt goes to the terminal once; whatever happens after that, its outcome is looked for, and the
// terminal is never asked for the money again. An attempt that a dead server left behind is taken over in the same way.

import { setTimeout as pause } from 'node:timers/promises';
import { keptOfCard } from '../../shared/domain/card-details.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import * as rows from './attempt-rows.ts';
import { beginSendPermit, type SendClocks } from './send-permit.ts';
import {
  declined,
  unknown,
  type AskedOfTerminal,
  type TerminalDriver,
  type Told,
} from './terminal-driver.ts';
import { createTerminalTurns, type TerminalTurns } from './terminal-turns.ts';

export type DeskGiven = {
  readonly database: Database;
  readonly log: Log;
  readonly newId: () => string;
  /** The terminals that a person configured, by id. */
  readonly terminals: ReadonlyMap<string, TerminalDriver>;
  /** Pauses between looks for a lost outcome. */
  readonly lookAgainAfterMs?: readonly number[];
  readonly sendClocks?: SendClocks;
};

export type AttemptDesk = {
  readonly turns: TerminalTurns;
  /** Carries a new attempt out; resolves when it has come to an end. Never throws. */
  start(attempt: rows.Attempt): Promise<'started' | 'known'>;
  /** Looks for the outcome of an attempt that is unknown or was left behind. */
  find(key: rows.AttemptKey): Promise<void>;
  /** Resolves when everything that was started has ended. */
  settled(): Promise<void>;
};

const LOOK_AGAIN_AFTER_MS = [500, 2_000, 5_000];
const HOLD_EVERY_MS = 1_000;

export function createAttemptDesk(given: DeskGiven): AttemptDesk {
  const { database, log, newId, terminals } = given;
  const clocks = given.sendClocks ?? { monotonicMs: () => performance.now(), wallMs: Date.now };
  const turns = createTerminalTurns(database, newId);
  const running = new Set<Promise<void>>();
  const pauses = given.lookAgainAfterMs ?? LOOK_AGAIN_AFTER_MS;

  const end = async (key: rows.AttemptKey, told: Told): Promise<void> => {
    const cleaned = told.outcome === 'approved' ? { ...told, card: keptOfCard(told.card) } : told;
    await rows.noteTold(database, key, cleaned);
    const reason = told.outcome === 'approved' ? '' : told.reason;
    log.info({ attemptId: key.attemptId, outcome: told.outcome, reason }, 'card-attempt-ended');
  };

  const asked = async (attempt: rows.Attempt): Promise<AskedOfTerminal> => {
    const { attemptId, action, amountMinor, currency, reverses, workstationId } = attempt;
    const payment =
      reverses === null ? null : await rows.readAttempt(database, { workstationId, attemptId: reverses });
    return { attemptId, action, amountMinor, currency, reversesReference: payment?.reference ?? null };
  };

  /** Asks the terminal what it knows of earlier attempts while it still does: the next one wipes that out. */
  const findOthers = async (driver: TerminalDriver, terminalId: string): Promise<void> => {
    for (const key of await rows.openAttempts(database, terminalId)) {
      await rows.takeOver(database, key);
      const row = await rows.readAttempt(database, key);
      if (row?.state !== 'unknown' || row.mark === null) continue;
      const told = await driver.find(await asked(row), row.mark);
      if (told.outcome !== 'unknown') await end(key, told);
    }
  };

  const lookFor = async (driver: TerminalDriver, key: rows.AttemptKey, first: Told): Promise<Told> => {
    let told = first;
    for (const afterMs of pauses) {
      const row = await rows.readAttempt(database, key);
      if (told.outcome !== 'unknown' || row === null || row.mark === null) return told;
      await pause(afterMs);
      told = await driver.find(await asked(row), row.mark);
    }
    return told;
  };

  const askTerminal = async (
    driver: TerminalDriver,
    attempt: rows.Attempt,
    holder: string,
  ): Promise<Told> => {
    const cancelling = new AbortController();
    const holding = setInterval(() => {
      rows
        .holdOn(database, attempt, holder)
        .then((isCancelled) => (isCancelled ? cancelling.abort() : undefined))
        .catch(() => undefined);
    }, HOLD_EVERY_MS);
    try {
      await findOthers(driver, attempt.terminalId);
      const told = await driver.ask(await asked(attempt), {
        onPrompt: (prompt) => void rows.notePrompt(database, attempt, prompt).catch(() => undefined),
        async aboutToAsk(mark) {
          const permit = beginSendPermit(clocks);
          const isOurs = await rows.noteAsking(database, attempt, { holder, mark }).catch(() => false);
          return isOurs ? permit : null;
        },
        cancelled: cancelling.signal,
      });
      return await lookFor(driver, attempt, told);
    } finally {
      clearInterval(holding);
    }
  };

  const carryOut = async (attempt: rows.Attempt, holder: string): Promise<void> => {
    const driver = terminals.get(attempt.terminalId);
    try {
      const told =
        driver === undefined
          ? declined('terminal-not-set-up')
          : await turns.take(attempt.terminalId, () => askTerminal(driver, attempt, holder));
      await end(attempt, told ?? declined('terminal-busy'));
    } catch (error) {
      // What was sent by then nobody can say; what was not is over. The row knows which.
      log.error({ attemptId: attempt.attemptId, error: String(error) }, 'card-attempt-failed');
      const row = await rows.readAttempt(database, attempt).catch(() => null);
      const told = row?.state === 'waiting' ? declined('never-arrived') : unknown('server-failed');
      if (row !== null) await end(attempt, told).catch(() => undefined);
    }
  };

  return {
    turns,
    async start(attempt) {
      const holder = newId();
      if (!(await rows.insertAttempt(database, attempt, holder))) return 'known';
      const work = carryOut(attempt, holder).finally(() => running.delete(work));
      running.add(work);
      return 'started';
    },
    async find(key) {
      await rows.takeOver(database, key);
      const row = await rows.readAttempt(database, key);
      const driver = terminals.get(row?.terminalId ?? '');
      if (row?.state !== 'unknown' || row.mark === null || driver === undefined) return;
      const { mark } = row;
      const told = await turns.take(row.terminalId, async () => driver.find(await asked(row), mark));
      if (told !== null && told.outcome !== 'unknown') await end(key, told);
    },
    async settled() {
      await Promise.all(running);
    },
  };
}
