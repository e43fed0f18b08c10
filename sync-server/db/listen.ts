// Hears what other processes announce with NOTIFY, on a connection of its own that is made anew when it is lost. What was
// announced in between is not heard: whoever listens has another way to notice it.

import { setTimeout as pause } from 'node:timers/promises';
import { Client, escapeIdentifier, type ClientConfig } from 'pg';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

export type Listening = { readonly stop: () => Promise<void> };

/** Listens to a channel until it is stopped. Throws when the database lets nobody listen at the first try. */
export async function listen(
  connection: ClientConfig,
  channel: string,
  hear: (payload: string) => void,
): Promise<Listening> {
  const stopping = new AbortController();
  let client = await connect();

  async function connect(): Promise<Client> {
    const made = new Client(connection);
    // Its end is noticed below, and an error always ends it.
    made.on('error', () => undefined);
    made.on('notification', ({ payload }) => hear(payload ?? ''));
    try {
      await made.connect();
      await made.query(`listen ${escapeIdentifier(channel)}`);
    } catch (error) {
      await made.end().catch(() => undefined);
      throw error;
    }
    made.once('end', () => void connectAgain());
    return made;
  }

  async function connectAgain(): Promise<void> {
    for (
      let pauseMs = FIRST_PAUSE_MS;
      !stopping.signal.aborted;
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    ) {
      try {
        await pause(pauseMs, undefined, { signal: stopping.signal, ref: false });
        client = await connect();
        if (stopping.signal.aborted) await client.end();
        return;
      } catch {
        // The database is still away, or we are stopped: the loop asks.
      }
    }
  }

  return {
    async stop() {
      stopping.abort();
      await client.end().catch(() => undefined);
    },
  };
}
