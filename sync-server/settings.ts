// Settings come from the environment, are read once, and are all checked before anything starts: every wrong one
// gets a sentence, so that nobody mends them one start at a time. Nothing else in the server reads process.env.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NOTICE_SETTINGS_HELP, readNoticeSettings, type NoticeSettings } from './notice-settings.ts';
import { parsePrinters, type PrinterSetting } from './printer-settings.ts';
import { StartRefused } from './db/start-refused.ts';
import { parseTerminals, TERMINAL_SETTINGS_HELP, type TerminalSetting } from './terminal-settings.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Settings = {
  readonly port: number;
  /** 127.0.0.1 serves this machine only; 0.0.0.0 (or ::) serves the whole network. */
  readonly host: string;
  /** A PostgreSQL that somebody else runs; null for the built-in one. */
  readonly databaseUrl: string | null;
  readonly dataFolder: string;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly logLevel: LogLevel;
  /** The demo store is made on the first start, with so many items, unless it is off. */
  readonly demo: { readonly isOn: boolean; readonly items: number };
  /** The only printers the server will ever connect to; null keeps those already stored. */
  readonly printers: readonly PrinterSetting[] | null;
  /** The only card terminals the server will ever ask. */
  readonly terminals: readonly TerminalSetting[];
  readonly notices: NoticeSettings;
};

type Environment = Readonly<Record<string, string | undefined>>;

export const DEMO_ITEMS_MAX = 1_000_000;

/** What `--help` says about them. */
export const SETTINGS_HELP = `Settings (environment variables):
  PORT             port to listen on, default 8080
  HOST             default 127.0.0.1 (this machine only); 0.0.0.0 lets tablets in the shop in.
                   Other devices need TLS_CERT and TLS_KEY: browsers work offline over HTTPS only.
  DATABASE_URL     postgres://user:password@host:5432/database; default: a PostgreSQL of our own
  TILLANDSIA_DATA  data folder, default ./.data
  TLS_CERT,TLS_KEY files of a certificate chain and its key (PEM), both or neither
  LOG_LEVEL        ${LOG_LEVELS.join(', ')}; default info
  TILLANDSIA_DEMO  off: no demo store on the first start; default on
  DEMO_ITEMS       items of the demo store, default 5000, at most ${DEMO_ITEMS_MAX}
  PRINTERS         network printers, the only ones the server will connect to:
                   "Counter=192.168.1.50:9100,48; Kitchen=192.168.1.51,32"
                   (name=host[:port][,characters per line]; port 9100 and 48 characters by default)
${TERMINAL_SETTINGS_HELP}
${NOTICE_SETTINGS_HELP}`;

/** Reads and checks all settings; StartRefused with one sentence for each that is wrong. */
export function readSettings(environment: Environment, workingFolder: string): Settings {
  const wrong: string[] = [];
  const settings: Settings = {
    port: readPort(environment['PORT'], wrong),
    host: readHost(environment['HOST'], wrong),
    databaseUrl: readDatabaseUrl(environment['DATABASE_URL'], wrong),
    dataFolder: path.resolve(workingFolder, given(environment['TILLANDSIA_DATA']) ?? '.data'),
    tls: readTls(environment, workingFolder, wrong),
    logLevel: readLogLevel(environment['LOG_LEVEL'], wrong),
    demo: {
      isOn: readDemo(environment['TILLANDSIA_DEMO'], wrong),
      items: readDemoItems(environment['DEMO_ITEMS'], wrong),
    },
    printers: readPrinters(environment['PRINTERS'], wrong),
    terminals: parseTerminals(given(environment['TERMINALS']) ?? '', workingFolder, wrong),
    notices: readNoticeSettings(environment, wrong),
  };
  if (wrong.length > 0) throw new StartRefused(wrong);
  return settings;
}

/** An empty variable counts as not set, as shells and service files leave them. */
function given(value: string | undefined): string | null {
  return value === undefined || value.trim() === '' ? null : value.trim();
}

function readPort(value: string | undefined, wrong: string[]): number {
  const text = given(value);
  if (text === null) return 8080;
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  wrong.push(`PORT is "${text}": give a number from 1 to 65535, such as PORT=8080 (0 takes any free port).`);
  return 0;
}

function readHost(value: string | undefined, wrong: string[]): string {
  const host = given(value) ?? '127.0.0.1';
  if (/^[\w.:-]+$/u.test(host)) return host;
  wrong.push(
    `HOST is "${host}": give an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.`,
  );
  return host;
}

function readDatabaseUrl(value: string | undefined, wrong: string[]): string | null {
  const text = given(value);
  if (text === null) return null;
  // The text may hold a password, so it is not repeated.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol) || url.hostname === '') {
    wrong.push(
      'DATABASE_URL is not an address of a PostgreSQL: write postgres://user:password@host:5432/database.',
    );
    return null;
  }
  if (url.pathname.length < 2) {
    wrong.push('DATABASE_URL names no database: add one after the host, such as …@host:5432/tillandsia.');
  }
  return text;
}

function readTls(environment: Environment, folder: string, wrong: string[]): Settings['tls'] {
  const certFile = given(environment['TLS_CERT']);
  const keyFile = given(environment['TLS_KEY']);
  if (certFile === null && keyFile === null) return null;
  if (certFile === null || keyFile === null) {
    wrong.push('TLS_CERT and TLS_KEY belong together: set both, or neither for plain HTTP.');
    return null;
  }
  const cert = readPem('TLS_CERT', path.resolve(folder, certFile), wrong);
  const key = readPem('TLS_KEY', path.resolve(folder, keyFile), wrong);
  return cert === null || key === null ? null : { cert, key };
}

function readPem(name: string, file: string, wrong: string[]): Buffer | null {
  try {
    const content = readFileSync(file);
    if (content.includes('-----BEGIN ')) return content;
    wrong.push(`${name} names ${file}, which is not in PEM format (it has no "-----BEGIN" line).`);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    wrong.push(`${name} names ${file}, which cannot be read (${why}).`);
  }
  return null;
}

function readLogLevel(value: string | undefined, wrong: string[]): LogLevel {
  const text = given(value) ?? 'info';
  const level = LOG_LEVELS.find((name) => name === text);
  if (level !== undefined) return level;
  wrong.push(`LOG_LEVEL is "${text}": choose one of ${LOG_LEVELS.join(', ')}.`);
  return 'info';
}

function readDemo(value: string | undefined, wrong: string[]): boolean {
  const text = given(value) ?? 'on';
  if (text === 'on' || text === 'off') return text === 'on';
  wrong.push(`TILLANDSIA_DEMO is "${text}": it is on or off.`);
  return true;
}

function readDemoItems(value: string | undefined, wrong: string[]): number {
  const text = given(value) ?? '5000';
  const items = /^\d{1,7}$/u.test(text) ? Number(text) : 0;
  if (items >= 1 && items <= DEMO_ITEMS_MAX) return items;
  wrong.push(`DEMO_ITEMS is "${text}": give a whole number from 1 to ${DEMO_ITEMS_MAX}.`);
  return 1;
}

function readPrinters(value: string | undefined, wrong: string[]): readonly PrinterSetting[] | null {
  const text = given(value);
  return text === null ? null : parsePrinters(text, wrong);
}
