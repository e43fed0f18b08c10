// Wake-ups between server processes on one database: announcements are gathered for a moment and sent with NOTIFY
// outside of any transaction (inside, it costs five sixths of the throughput). A lost one is harmless, because
// every process also looks at the counters each second (watchCounters).

import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';

const CHANNEL = 'tillandsia_wake_up';
const GATHER_MS = 20;
/** PostgreSQL takes 8,000 bytes; what does not fit is found by looking at the counters. */
const PAYLOAD_MAX = 7_000;

/** Starts listening and telling; the result stops both. A database without NOTIFY is served by looking alone. */
export function shareWakeUps(database: Database, log: Log): () => Promise<void> {
  const pending = new Map<string, number>();
  let gathering: NodeJS.Timeout | null = null;
  let isHearing = false;

  const unsubscribe = database.wakeUps.subscribe((scope, position) => {
    if (isHearing) return;
    pending.set(scope, position);
    gathering ??= setTimeout(tell, GATHER_MS);
  });

  function tell(): void {
    gathering = null;
    const payload = JSON.stringify([...pending]);
    pending.clear();
    if (payload.length > PAYLOAD_MAX) return;
    database.sql`select pg_notify(${CHANNEL}, ${payload})`.catch((error: unknown) => {
      log.debug({ error: String(error) }, 'wake-up-not-sent');
    });
  }

  function hear(payload: string): void {
    isHearing = true;
    for (const [scope, position] of readPayload(payload)) database.wakeUps.announce(scope, position);
    isHearing = false;
  }

  const listening = database.listen(CHANNEL, hear).catch((error: unknown) => {
    log.warn({ error: String(error) }, 'wake-ups-not-heard');
    return null;
  });

  return async () => {
    unsubscribe();
    if (gathering !== null) clearTimeout(gathering);
    await (await listening)?.stop();
  };
}

function readPayload(payload: string): readonly (readonly [string, number])[] {
  try {
    const value: unknown = JSON.parse(payload);
    if (!Array.isArray(value)) return [];
    return value.flatMap((entry: unknown) => {
      if (!Array.isArray(entry)) return [];
      const [scope, position]: unknown[] = entry;
      return typeof scope === 'string' && Number.isSafeInteger(position)
        ? [[scope, Number(position)] as const]
        : [];
    });
  } catch {
    return [];
  }
}
