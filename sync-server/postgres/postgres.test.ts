import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SILENT_LOG } from '../db/log.ts';
import { chooseDatabaseAccount } from './database-account.ts';
import { ensureDatabaseFolder } from './database-folder.ts';
import { lockDataFolder, readFolderHolder } from './folder-lock.ts';
import { findPlatformBinaries } from './platform-binaries.ts';
import { isReachableBy, prepareRuntimeFolder } from './runtime-folder.ts';
import { shortSocketFolder } from './socket-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const myself = {
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  name: 'myself',
  differsFromServer: false,
};

describe('programs', () => {
  test('are found for this machine with their version', () => {
    const found = findPlatformBinaries();
    expect(found.major).toBe(18);
    expect(readdirSync(path.join(found.nativeFolder, 'bin')).sort()).toEqual([
      'initdb',
      'pg_ctl',
      'postgres',
    ]);
  });

  test.each(['win32-x64', 'freebsd-x64', 'linux-ia32'])('%s is told to use DATABASE_URL', (machine) => {
    expect(() => findPlatformBinaries(machine)).toThrow('Set DATABASE_URL to a PostgreSQL 14 or newer');
  });

  test('a package of another machine is missing here, and the sentence says how to get it', () => {
    expect(() => findPlatformBinaries('darwin-arm64')).toThrow(
      'is not installed: install with optional packages',
    );
  });

  test('links that no install script made are made in a copy when the package cannot be written', async () => {
    const native = path.join(folder, 'native');
    mkdirSync(path.join(native, 'bin'), { recursive: true });
    mkdirSync(path.join(native, 'lib'));
    for (const file of ['bin/postgres', 'bin/initdb', 'lib/libpq.so.5.18', 'lib/libpq.a']) {
      writeFileSync(path.join(native, file), file);
    }
    const links = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    ];
    writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify(links));
    const stranger = { uid: 65_534, gid: 65_534, name: 'nobody', differsFromServer: true };
    const binaries = { nativeFolder: native, version: `0.0.0-test-${process.pid}`, major: 18 };
    // A folder of mkdtemp is closed to others, so a stranger gets a copy; that needs root to be handed over.
    const runtime = await prepareRuntimeFolder(binaries, isRoot ? stranger : myself, folder);
    const libraries = readdirSync(path.join(runtime, 'lib')).sort();
    expect(libraries.filter((name) => !name.endsWith('.a'))).toEqual([
      'libpq.so',
      'libpq.so.5',
      'libpq.so.5.18',
    ]);
    expect(runtime === native).toBe(!isRoot);
    if (runtime !== native) rmSync(runtime, { recursive: true });
  });

  test('a folder that only its owner may enter is closed to others, also further up', () => {
    const inner = path.join(folder, 'open');
    mkdirSync(inner, { mode: 0o755 });
    expect(isReachableBy(myself, inner)).toBe(true);
    expect(isReachableBy({ uid: 12_345, gid: 12_345 }, inner)).toBe(false);
    chmodSync(folder, 0o755);
    expect(isReachableBy({ uid: 12_345, gid: 12_345 }, inner)).toBe(true);
  });
});

describe('the account of the database', () => {
  test('is never root, and exists on this machine', () => {
    const account = chooseDatabaseAccount({ data: folder, database: path.join(folder, 'postgres') });
    expect(account.uid).toBeGreaterThan(0);
    expect(account.name).not.toBe('');
    expect(account.differsFromServer).toBe(isRoot);
  });
});

describe('the database folder', () => {
  const place = () => ({
    programs: '/nowhere',
    folder: path.join(folder, 'postgres'),
    account: myself,
    major: 18,
    log: SILENT_LOG,
  });

  test('of another major version is refused with the way out, and left alone', async () => {
    mkdirSync(path.join(folder, 'postgres'));
    writeFileSync(path.join(folder, 'postgres', 'PG_VERSION'), '17\n');
    await expect(ensureDatabaseFolder(place())).rejects.toThrow('was made by PostgreSQL 17');
    await expect(ensureDatabaseFolder(place())).rejects.toThrow('npm run restore');
    expect(readdirSync(path.join(folder, 'postgres'))).toEqual(['PG_VERSION']);
  });

  test('that holds something else is refused and left alone', async () => {
    mkdirSync(path.join(folder, 'postgres'));
    writeFileSync(path.join(folder, 'postgres', 'letter.txt'), 'Dear customer');
    await expect(ensureDatabaseFolder(place())).rejects.toThrow(
      'holds no PostgreSQL database. Nothing was changed.',
    );
    expect(readdirSync(path.join(folder, 'postgres'))).toEqual(['letter.txt']);
  });

  test('that cannot be made says so, and leaves nothing that looks like a database', async () => {
    await expect(ensureDatabaseFolder(place())).rejects.toThrow('A new database could not be made');
    expect(readdirSync(folder)).not.toContain('postgres');
  });
});

describe('the lock of the data folder', () => {
  test('is given once, says who has it, and can be taken again when it is given back', async () => {
    const lock = await lockDataFolder(folder);
    expect(readFolderHolder(folder)).toEqual({ pid: process.pid, hostname: hostname() });
    await expect(lockDataFolder(folder)).rejects.toThrow(
      `(process ${process.pid}) is already using the data folder`,
    );
    await lock.release();
    expect(readFolderHolder(folder)).toBeNull();
    await (await lockDataFolder(folder)).release();
  });

  test('of a dead process on this machine is taken over', async () => {
    writeFileSync(path.join(folder, 'server.lock'), JSON.stringify({ pid: 4_194_303, hostname: hostname() }));
    const lock = await lockDataFolder(folder);
    expect(readFolderHolder(folder)?.pid).toBe(process.pid);
    await lock.release();
  });

  test('of a server on another machine with the same volume is respected while its heartbeat goes on', async () => {
    writeFileSync(path.join(folder, 'server.lock'), JSON.stringify({ pid: 1, hostname: 'other-shop' }));
    await expect(lockDataFolder(folder)).rejects.toThrow('on the machine other-shop');
    // The refusal gave back what it held.
    rmSync(path.join(folder, 'server.lock'));
    await (await lockDataFolder(folder)).release();
  });

  test('a lock file that is no lock file is taken over', async () => {
    writeFileSync(path.join(folder, 'server.lock'), 'half writ');
    const lock = await lockDataFolder(folder);
    expect(readFolderHolder(folder)?.pid).toBe(process.pid);
    await lock.release();
  });

  test('the same folder by another name is the same folder', async () => {
    const other = path.join(folder, 'other-name');
    mkdirSync(path.join(folder, 'data'));
    symlinkSync(path.join(folder, 'data'), other);
    const lock = await lockDataFolder(path.join(folder, 'data'));
    await expect(lockDataFolder(other)).rejects.toThrow('already using');
    await lock.release();
  });
});

describe('the socket', () => {
  test('of a deep folder gets a short name that leads to it, and is cleared away', async () => {
    const deep = path.join(
      folder,
      'a-rather-long-name-for-a-folder',
      'and-another-long-name-below-it',
      'postgres',
    );
    mkdirSync(deep, { recursive: true });
    const socket = await shortSocketFolder(deep);
    expect(Buffer.byteLength(path.join(socket.path, '.s.PGSQL.5432'))).toBeLessThan(100);
    writeFileSync(path.join(deep, 'here'), '');
    expect(readdirSync(socket.path)).toEqual(['here']);
    await socket.remove();
    expect(() => readdirSync(socket.path)).toThrow('ENOENT');
    expect(readdirSync(deep)).toEqual(['here']);
  });

  test('of a short folder is used as it is', async () => {
    expect((await shortSocketFolder('/srv/till')).path).toBe('/srv/till');
  });
});
