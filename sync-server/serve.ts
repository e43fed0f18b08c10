// Runs the server as a program: settings from the environment, one server, a welcome on standard output, an orderly
// end at Ctrl-C or SIGTERM. start.ts loads this as one built file; what it imports it imports for good.

import { pino } from 'pino';
import { StartRefused } from './db/start-refused.ts';
import { watchLauncher } from './launcher-watch.ts';
import { startServer, type RunningServer } from './main.ts';
import { readSettings } from './settings.ts';
import { welcome } from './welcome.ts';

/** A second signal after this is meant: stop at once. */
const SAME_SIGNAL_MS = 1_000;

/** Starts the server and returns when it is open; ends the process with code 1 when it cannot start. */
export async function serve(options: { readonly appsFolder: string }): Promise<void> {
  const stopping = new AbortController();
  let server: RunningServer | null = null;
  listenForSignals({
    stop() {
      stopping.abort();
      if (server !== null) void finish(server);
    },
    stopAtOnce: () => server?.abandon(),
  });
  try {
    const settings = readSettings(process.env, process.cwd());
    // Log lines go to standard error, so that standard output stays for people.
    const log = pino({ level: settings.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
    const surroundings = { log, now: Date.now, newId: () => crypto.randomUUID(), random: Math.random };
    server = await startServer(settings, { ...surroundings, ...options }, stopping.signal);
    stopOnFaults(server, log);
    console.log(await welcome(settings, server));
  } catch (error) {
    if (stopping.signal.aborted)
      console.log('Stopped before the start was through. The next one goes on from there.');
    else tell(error);
    process.exit(stopping.signal.aborted ? 0 : 1);
  }
}

async function finish(server: RunningServer): Promise<void> {
  await server.stop();
  console.log('Stopped. Everything is on disk.');
  process.exit(0);
}

function listenForSignals(given: { readonly stop: () => void; readonly stopAtOnce: () => void }): void {
  let stoppingSince: number | null = null;
  const onSignal = (): void => {
    if (stoppingSince !== null) {
      // One Ctrl-C arrives twice when both the terminal and the program that started us pass it on.
      if (performance.now() - stoppingSince < SAME_SIGNAL_MS) return;
      console.error('Stopping at once. The database recovers by itself at the next start.');
      given.stopAtOnce();
      process.exit(1);
    }
    stoppingSince = performance.now();
    console.log('\nStopping: waiting for running requests. Again to stop at once.');
    given.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  watchLauncher(onSignal);
}

/** A fault nobody handled leaves the process in a state nobody knows: it is logged, and the server stops. */
function stopOnFaults(server: RunningServer, log: pino.Logger): void {
  const stop = async (fault: unknown): Promise<void> => {
    log.fatal({ error: fault instanceof Error ? fault.stack : String(fault) }, 'unhandled-fault');
    await server.stop();
    process.exit(1);
  };
  process.on('uncaughtException', (fault) => void stop(fault));
  process.on('unhandledRejection', (fault) => void stop(fault));
}

/** Says what stands in the way: sentences where a person can mend it, the whole error where it is our fault. */
function tell(error: unknown): void {
  if (error instanceof StartRefused) for (const sentence of error.sentences) console.error(sentence);
  else {
    console.error('Tillandsia did not start because of a fault of its own. The data was not touched.');
    console.error(error);
  }
}
