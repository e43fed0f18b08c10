import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTerminals, type TerminalSetting } from './terminal-settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'terminals-'));
  const key = { identifier: 'shop', passphrase: 'not-so-secret', version: 2 };
  writeFileSync(path.join(folder, 'key.json'), JSON.stringify(key));
  writeFileSync(path.join(folder, 'ca.pem'), '-----BEGIN CERTIFICATE-----\n');
  writeFileSync(path.join(folder, 'empty.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const parsed = (text: string): { terminals: readonly TerminalSetting[]; wrong: string[] } => {
  const wrong: string[] = [];
  return { terminals: parseTerminals(text, folder, wrong), wrong };
};

describe('the TERMINALS setting', () => {
  test('names each terminal, its language and where it is', () => {
    const { terminals, wrong } = parsed(
      'Counter=zvt://192.168.1.60; Bar left=nexo://192.168.1.70:9443?poi=V400m-324688179&key=key.json&ca=ca.pem',
    );
    expect(wrong).toEqual([]);
    expect(terminals).toMatchObject([
      {
        id: 'counter',
        name: 'Counter',
        driver: 'zvt',
        host: '192.168.1.60',
        port: 20_007,
        password: '000000',
      },
      { id: 'bar-left', driver: 'nexo', host: '192.168.1.70', port: 9443, poiId: 'V400m-324688179' },
    ]);
  });
  test('an empty setting names none', () => {
    expect(parsed('')).toEqual({ terminals: [], wrong: [] });
  });
  test.each([
    ['Counter', 'write name=zvt://host:port'],
    ['=zvt://10.0.0.1', 'write name=zvt://host:port'],
    ['Counter=http://10.0.0.1', 'begins with zvt:// or nexo://'],
    ['صندوق=zvt://10.0.0.1', 'Latin letters'],
    ['Counter=zvt://10.0.0.1?password=12', 'six digits'],
    ['A=zvt://10.0.0.1; a=zvt://10.0.0.2', 'two terminals called "a"'],
    ['Bar=nexo://10.0.0.1', 'poi is the name of the terminal'],
    ['Bar=nexo://10.0.0.1?poi=V400m-1', 'needs key=FILE and ca=FILE'],
    ['Bar=nexo://10.0.0.1?poi=V400m-1&key=gone.json&ca=ca.pem', 'key file gone.json cannot be read'],
    ['Bar=nexo://10.0.0.1?poi=V400m-1&key=empty.json&ca=ca.pem', 'needs identifier, passphrase and version'],
    ['Bar=nexo://10.0.0.1?poi=V400m-1&key=key.json&ca=key.json', 'no certificate'],
  ])('%s is refused with a sentence', (text, sentence) => {
    expect(parsed(text).wrong.join(' ')).toContain(sentence);
  });
  test('a password that is wrong is not repeated', () => {
    expect(parsed('Counter=zvt://10.0.0.1?password=secret').wrong.join(' ')).not.toContain('secret');
  });
});
