// Power is cut and processes are killed in shops. Twenty times in a row the writer, its PostgreSQL, or both are
// killed with SIGKILL in the middle of writing, and each time every row that was acknowledged must be there.

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { lockDataFolder } from '../../sync-server/postgres/folder-lock.ts';
import { startEmbeddedPostgres } from '../../sync-server/postgres/start-postgres.ts';

const KILLS = 20;
const WRITE_FOR_MS = 250;
const READY_WITHIN_MS = 60_000;

type Writer = ChildProcessByStdio<null, Readable, null>;
type Session = {
  readonly writer: Writer;
  readonly acked: string[];
  /** Rows found at the start, and how long opening took. */
  readonly opening: Promise<{ found: Set<string>; openedMs: number }>;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-kill-'));
});
afterEach(async () => {
  for (const pid of postgresProcesses()) killNow(pid);
  await until(() => postgresProcesses().length === 0);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** All PostgreSQL processes working in the folder of this test, and no others. */
function postgresProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const isPostgres = readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
        return isPostgres && readlinkSync(`/proc/${pid}/cwd`) === path.join(realpathSync(folder), 'postgres');
      } catch {
        return false;
      }
    });
}

function postmaster(): number {
  return Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

async function until(isSo: () => boolean, limitMs = 20_000): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 10) {
    if (waitedMs > limitMs) throw new Error('waited too long');
    await pause(10);
  }
}

function startWriter(): Session {
  const writer: Writer = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, '..', 'support', 'postgres-writer.ts'), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const acked: string[] = [];
  const opening = new Promise<{ found: Set<string>; openedMs: number }>((resolve, reject) => {
    let rest = '';
    let openedMs = 0;
    let found = new Set<string>();
    const limit = setTimeout(() => reject(new Error('the writer is not ready')), READY_WITHIN_MS);
    writer.stdout.setEncoding('utf8');
    writer.stdout.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('opened ')) openedMs = Number(line.slice(7));
        // Proof of the cast: the writer writes a list of ids there.
        else if (line.startsWith('found ')) found = new Set(JSON.parse(line.slice(6)) as string[]);
        else if (line === 'ready') {
          clearTimeout(limit);
          resolve({ found, openedMs });
        } else acked.push(line);
      }
    });
    writer.once('exit', () => reject(new Error('the writer ended before it was ready')));
  });
  return { writer, acked, opening };
}

async function ended(writer: Writer): Promise<void> {
  await until(() => writer.exitCode !== null || writer.signalCode !== null);
  // What it had said before it died is still in the pipe.
  await until(() => writer.stdout.readableEnded || writer.stdout.destroyed);
}

async function stopOrderly(): Promise<void> {
  const lock = await lockDataFolder(folder);
  const server = await startEmbeddedPostgres(folder, SILENT_LOG);
  await server.stop();
  await lock.release();
}

describe('the embedded PostgreSQL', () => {
  test(`loses no acknowledged row in ${KILLS} kills`, async () => {
    const acked = new Set<string>();
    const opened: number[] = [];
    for (let round = 0; round <= KILLS; round += 1) {
      const session = startWriter();
      const { found, openedMs } = await session.opening;
      if (round > 0) opened.push(openedMs);
      const lost = [...acked].filter((id) => !found.has(id));
      expect({ round, lost }).toEqual({ round, lost: [] });
      await pause(WRITE_FOR_MS);
      // In turn: everything at once, the server alone (PostgreSQL stays as an orphan), PostgreSQL alone.
      const fault = round % 3;
      if (fault === 0) for (const pid of postgresProcesses()) killNow(pid);
      if (fault === 2) {
        const before = session.acked.length;
        killNow(postmaster());
        await until(() => session.acked.length > before + 50);
      }
      killNow(session.writer.pid ?? 0);
      await ended(session.writer);
      expect(session.acked.length).toBeGreaterThan(0);
      for (const id of session.acked) acked.add(id);
    }
    await stopOrderly();
    opened.sort((one, other) => one - other);
    console.log(
      `${KILLS} kills, ${acked.size} acknowledged rows, 0 lost; reopened in ${opened[Math.floor(opened.length / 2)]} ms (median), ${opened.at(-1)} ms (longest)`,
    );
  });

  test('starts again by itself when it is killed under a living server', async () => {
    const lock = await lockDataFolder(folder);
    const server = await startEmbeddedPostgres(folder, SILENT_LOG);
    const first = server.pid();
    killNow(first ?? 0);
    await until(() => server.pid() !== null && server.pid() !== first);
    await server.stop();
    expect(postgresProcesses()).toEqual([]);
    await lock.release();
  });

  test('tries again when a restart fails', async () => {
    const lock = await lockDataFolder(folder);
    const failures: string[] = [];
    const log = {
      ...SILENT_LOG,
      error: (_fields: object, event: string) => {
        if (event === 'postgres-restart-failed') failures.push(event);
      },
    };
    const server = await startEmbeddedPostgres(folder, log);
    const first = server.pid();
    const settings = path.join(folder, 'postgres', 'postgresql.conf');
    renameSync(settings, `${settings}.away`);
    killNow(first ?? 0);
    await until(() => failures.length > 1);
    renameSync(`${settings}.away`, settings);
    await until(() => server.pid() !== null && server.pid() !== first);
    await server.stop();
    expect(postgresProcesses()).toEqual([]);
    await lock.release();
  });

  test.each([
    ['is dead', () => 999_999_999 % 4_194_304],
    ['belongs to a stranger now', () => process.pid],
  ])('starts over a postmaster.pid whose process %s', async (_what, pid) => {
    await stopOrderly();
    const place = path.join(folder, 'postgres');
    writeFileSync(
      path.join(place, 'postmaster.pid'),
      `${pid()}\n/proc/self/cwd\n1\n5432\n.\n\n  1 1\nready   \n`,
    );
    writeFileSync(path.join(place, '.s.PGSQL.5432.lock'), `${pid()}\n/proc/self/cwd\n1\n5432\n.\n`);
    await stopOrderly();
    expect(postgresProcesses()).toEqual([]);
  });

  test('ends an orphan of a killed server and takes over its data', async () => {
    const session = startWriter();
    await session.opening;
    await until(() => session.acked.length > 20);
    killNow(session.writer.pid ?? 0);
    await ended(session.writer);
    const orphan = postmaster();
    expect(postgresProcesses()).toContain(orphan);
    await stopOrderly();
    expect(postgresProcesses()).toEqual([]);
  });

  test('a second server on the same folder is refused with a sentence, and the first goes on', async () => {
    const session = startWriter();
    await session.opening;
    await expect(lockDataFolder(folder)).rejects.toThrow(
      `Another Tillandsia server (process ${session.writer.pid}) is already using the data folder`,
    );
    await expect(lockDataFolder(folder)).rejects.toThrow('TILLANDSIA_DATA=');
    const before = session.acked.length;
    await until(() => session.acked.length > before);
    killNow(session.writer.pid ?? 0);
    await ended(session.writer);
    await stopOrderly();
  });

  test('a start that was cut off while the database was being made leaves nothing in the way', async () => {
    const session = startWriter();
    session.opening.catch(() => undefined);
    await until(() => readdirSync(folder).includes('postgres.unfinished'));
    killNow(session.writer.pid ?? 0);
    await ended(session.writer);
    expect(readdirSync(folder)).not.toContain('postgres');
    await stopOrderly();
    expect(readdirSync(folder)).toContain('postgres');
  });
});
