// `npm start`: builds the apps if their sources changed, starts the server, says where it is and who may sign on,
// and stops everything in order at Ctrl-C or SIGTERM. What goes wrong on the way is told in sentences.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { findStaleApps, PROJECT_FOLDER } from './app-builds.ts';
import { StartRefused } from './db/start-refused.ts';
import { startServer, type RunningServer } from './main.ts';
import { readSettings, SETTINGS_HELP } from './settings.ts';
import { welcome } from './welcome.ts';

const HELP = `npm start

Starts Tillandsia: the server, its database, the till at /pos/ and the kiosk at /kiosk/.
The first start makes a database and a demo store; Ctrl-C stops everything.

${SETTINGS_HELP}`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help === true) console.log(HELP);
else await run();

async function run(): Promise<void> {
  try {
    const settings = readSettings(process.env, process.cwd());
    await buildIfStale();
    // Log lines go to standard error, so that standard output stays for people.
    const log = pino({ level: settings.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
    const server = await startServer(settings, {
      log,
      now: Date.now,
      newId: () => crypto.randomUUID(),
      random: Math.random,
    });
    stopOnSignals(server);
    stopOnFaults(server, log);
    console.log(await welcome(settings, server));
  } catch (error) {
    refuse(error);
  }
}

/** In a process of its own: the bundler's memory is not the server's. */
async function buildIfStale(): Promise<void> {
  const stale = await findStaleApps();
  if (stale.length === 0) return;
  console.log(`Building ${stale.join(' and ')} (the sources have changed) …`);
  const build = spawn(process.execPath, [...process.execArgv, path.join(import.meta.dirname, 'build.ts')], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(build, 'exit');
  if (code !== 0) {
    throw new StartRefused(
      'The apps could not be built (see above). The data was not touched. `npm ci` puts the tools right; ' +
        '`npm run build` shows the whole error.',
    );
  }
}

function stopOnSignals(server: RunningServer): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) {
      console.error('Stopping at once. The database recovers by itself at the next start.');
      server.abandon();
      process.exit(1);
    }
    isStopping = true;
    console.log('\nStopping: waiting for running requests. Again to stop at once.');
    void server.stop().then(() => {
      console.log('Stopped. Everything is on disk.');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
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

function refuse(error: unknown): void {
  if (error instanceof StartRefused) for (const sentence of error.sentences) console.error(sentence);
  else {
    console.error('Tillandsia did not start because of a fault of its own. The data was not touched.');
    console.error(error);
  }
  process.exit(1);
}
