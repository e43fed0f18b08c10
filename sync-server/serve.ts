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
  try {
    const settings = readSettings(process.env, process.cwd());
    // Log lines go to standard error, so that standard output stays for people.
    const log = pino({ level: settings.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
    const server = await startServer(settings, {
      log,
      now: Date.now,
      newId: () => crypto.randomUUID(),
      random: Math.random,
      appsFolder: options.appsFolder,
    });
    stopOnSignals(server);
    stopOnFaults(server, log);
    console.log(await welcome(settings, server));
  } catch (error) {
    refuse(error);
  }
}

function stopOnSignals(server: RunningServer): void {
  let stoppingSince: number | null = null;
  const stop = (): void => {
    if (stoppingSince !== null) {
      // One Ctrl-C arrives twice when both the terminal and the program that started us pass it on.
      if (performance.now() - stoppingSince < SAME_SIGNAL_MS) return;
      console.error('Stopping at once. The database recovers by itself at the next start.');
      server.abandon();
      process.exit(1);
    }
    stoppingSince = performance.now();
    console.log('\nStopping: waiting for running requests. Again to stop at once.');
    void server.stop().then(() => {
      console.log('Stopped. Everything is on disk.');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  watchLauncher(stop);
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

/** Tells what stands in the way: sentences where a person can mend it, the whole error where it is our fault. */
function refuse(error: unknown): void {
  if (error instanceof StartRefused) for (const sentence of error.sentences) console.error(sentence);
  else {
    console.error('Tillandsia did not start because of a fault of its own. The data was not touched.');
    console.error(error);
  }
  process.exit(1);
}
