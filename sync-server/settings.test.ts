import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { StartRefused } from './db/start-refused.ts';
import { readSettings } from './settings.ts';

function refusalOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment, '/shop');
  } catch (error) {
    if (error instanceof StartRefused) return error.sentences;
    throw error;
  }
  return [];
}

describe('settings', () => {
  test('without any setting the server serves this machine from ./.data with the demo store', () => {
    expect(readSettings({}, '/shop')).toEqual({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: null,
      dataFolder: '/shop/.data',
      tls: null,
      logLevel: 'info',
      demo: { isOn: true, items: 5000 },
      printers: null,
      terminals: [],
      notices: { mail: null, sms: null, trackingUrl: null, mayReachPrivate: false },
    });
  });

  test('an empty variable counts as not set', () => {
    expect(readSettings({ PORT: '', HOST: ' ', DATABASE_URL: '' }, '/shop').port).toBe(8080);
  });

  test('all wrong settings are named at once, each with what to write instead', () => {
    const sentences = refusalOf({
      PORT: '80 80',
      HOST: 'http://shop',
      DATABASE_URL: 'mysql://root:hunter2@db/shop',
      TLS_CERT: '/nowhere/cert.pem',
      LOG_LEVEL: 'loud',
      TILLANDSIA_DEMO: 'maybe',
      DEMO_ITEMS: '0',
      PRINTERS: 'Counter',
    });
    expect(sentences.map((sentence) => sentence.split(/[ :]/u)[0])).toEqual([
      'PORT',
      'HOST',
      'DATABASE_URL',
      'TLS_CERT',
      'LOG_LEVEL',
      'TILLANDSIA_DEMO',
      'DEMO_ITEMS',
      'PRINTERS',
    ]);
    expect(sentences.join()).not.toContain('hunter2');
  });

  test.each([
    ['PORT', '65536', 'from 1 to 65535'],
    ['PORT', '-1', 'from 1 to 65535'],
    ['DATABASE_URL', 'postgres://shop@db:5432', 'names no database'],
    ['DEMO_ITEMS', '1000001', 'from 1 to 1000000'],
    ['DEMO_ITEMS', '12.5', 'whole number'],
  ])('%s=%s is refused: %s', (name, value, part) => {
    expect(refusalOf({ [name]: value })).toEqual([expect.stringContaining(part)]);
  });

  test('a certificate needs its key, and both must be PEM files', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
    try {
      const pem = path.join(folder, 'cert.pem');
      const other = path.join(folder, 'key.der');
      writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n');
      writeFileSync(other, 'binary');
      expect(refusalOf({ TLS_CERT: pem })).toEqual([expect.stringContaining('belong together')]);
      expect(refusalOf({ TLS_CERT: pem, TLS_KEY: other })).toEqual([
        expect.stringContaining('not in PEM format'),
      ]);
      expect(refusalOf({ TLS_CERT: pem, TLS_KEY: `${other}.gone` })).toEqual([
        expect.stringContaining('cannot be read (ENOENT)'),
      ]);
      expect(readSettings({ TLS_CERT: pem, TLS_KEY: pem }, '/shop').tls?.cert.toString()).toContain(
        'CERTIFICATE',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('printers have a name, an address and a width; port 9100 and 48 characters unless said', () => {
    const { printers } = readSettings(
      {
        PRINTERS:
          'Front counter=192.168.1.50:9101,32; Küche = printer.local ;Bar=[fd00::7],42; صندوق=10.0.0.9;',
      },
      '/shop',
    );
    const usual = { profile: null, zplDpi: null };
    expect(printers).toEqual([
      { id: 'front-counter', name: 'Front counter', host: '192.168.1.50', port: 9101, columns: 32, ...usual },
      { id: 'kuche', name: 'Küche', host: 'printer.local', port: 9100, columns: 48, ...usual },
      { id: 'bar', name: 'Bar', host: 'fd00::7', port: 9100, columns: 42, ...usual },
      { id: 'printer-10-0-0-9-9100', name: 'صندوق', host: '10.0.0.9', port: 9100, columns: 48, ...usual },
    ]);
  });

  test('a printer may name its profile, and a label printer its resolution', () => {
    const { printers } = readSettings(
      { PRINTERS: 'Till=10.0.0.1,44,TH230; Shelf=10.0.0.2:9100,zpl203; Fine=10.0.0.3,zpl300' },
      '/shop',
    );
    expect(printers?.map(({ id, columns, profile, zplDpi }) => [id, columns, profile, zplDpi])).toEqual([
      ['till', 44, 'TH230', null],
      ['shelf', 48, null, 203],
      ['fine', 48, null, 300],
    ]);
  });

  test.each([
    ['Counter=10.0.0.1,48,TM-T99', 'there is no printer profile "TM-T99"'],
    ['Shelf=10.0.0.1,zpl600', 'write name=host:port'],
    ['Counter=192.168.1.50:99999', 'the port is a number from 1 to 65535'],
    ['Counter=192.168.1.50:9100,300', 'characters per line are 24 to 64'],
    ['=192.168.1.50', 'write name=host:port'],
    ['---=192.168.1.50', 'needs a name with letters'],
    ['A=10.0.0.1; a=10.0.0.2', 'two printers called "a"'],
    ['A=http://10.0.0.1', 'write name=host:port'],
  ])('PRINTERS=%s is refused: %s', (value, part) => {
    expect(refusalOf({ PRINTERS: value })).toEqual([expect.stringContaining(part)]);
  });
});
