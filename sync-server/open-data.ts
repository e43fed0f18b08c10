// How tools (backup, restore, import) reach the data: through DATABASE_URL, through the PostgreSQL of a server that
// is running on the data folder, or by starting that PostgreSQL for as long as the tool works.

import path from 'node:path';
import { openDatabase, type Database } from './db/database.ts';
import type { Log } from './db/log.ts';
import { StartRefused } from './db/start-refused.ts';
import { ensureDatabase } from './postgres/create-database.ts';
import { DATABASE_USER } from './postgres/database-folder.ts';
import { lockDataFolder } from './postgres/folder-lock.ts';
import { shortSocketFolder } from './postgres/socket-folder.ts';
import { startEmbeddedPostgres } from './postgres/start-postgres.ts';
import type { Settings } from './settings.ts';

/** Name of our database in the built-in PostgreSQL. */
export const DATABASE_NAME = 'tillandsia';

export type OpenData = {
  readonly database: Database;
  /** Somebody else is serving this data right now (never known for DATABASE_URL). */
  readonly isServerRunning: boolean;
  readonly close: () => Promise<void>;
};

/**
 * Opens the data. With `alone` a running server is a refusal, otherwise its PostgreSQL is shared. StartRefused
 * where there is no way in.
 */
export async function openData(
  settings: Pick<Settings, 'databaseUrl' | 'dataFolder'>,
  options: { readonly log: Log; readonly random: () => number; readonly alone: boolean },
): Promise<OpenData> {
  if (settings.databaseUrl !== null) {
    const database = openDatabase({ kind: 'url', url: settings.databaseUrl }, options);
    return { database, isServerRunning: false, close: () => database.close() };
  }
  const lock = await lockDataFolder(settings.dataFolder).catch((error: unknown) => {
    if (error instanceof StartRefused && !options.alone) return null;
    throw error;
  });
  if (lock === null) return shareWithServer(settings.dataFolder, options);
  try {
    const postgres = await startEmbeddedPostgres(settings.dataFolder, options.log);
    try {
      await ensureDatabase(postgres, DATABASE_NAME, options.log);
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    const database = openDatabase(postgres.addressOf(DATABASE_NAME), options);
    return {
      database,
      isServerRunning: false,
      async close() {
        await database.close();
        await postgres.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function shareWithServer(
  dataFolder: string,
  options: { readonly log: Log; readonly random: () => number },
): Promise<OpenData> {
  const socket = await shortSocketFolder(path.join(dataFolder, 'postgres'));
  const database = openDatabase(
    {
      kind: 'socket',
      path: path.join(socket.path, '.s.PGSQL.5432'),
      database: DATABASE_NAME,
      user: DATABASE_USER,
    },
    options,
  );
  const close = async (): Promise<void> => {
    await database.close();
    await socket.remove();
  };
  try {
    await database.sql`select 1`;
  } catch (error) {
    await close();
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `A server uses the data folder ${dataFolder}, and its database does not let this command in (${why}). ` +
        'Nothing was changed. Run the command as the user who runs the server, or stop the server first.',
      { cause: error },
    );
  }
  return { database, isServerRunning: true, close };
}
