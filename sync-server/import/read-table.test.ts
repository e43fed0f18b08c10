import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formOf, readTable, type TableRecord } from './read-table.ts';
import { splitRecord } from './split-record.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tillandsia-table-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, content: string | Uint8Array, encoding: 'utf8' | 'latin1' = 'utf8') {
  const file = path.join(folder, name);
  await writeFile(file, content);
  const table = await readTable(file, { delimiter: formOf(name).delimiter, encoding });
  const records: TableRecord[] = [];
  for await (const record of table.records) records.push(record);
  return { records, permille: table.readPermille() };
}

describe('reading a table', () => {
  test('each record carries the line it begins on', async () => {
    const { records, permille } = await read('a.csv', '\uFEFFsku,name\r\nA,"two\r\nlines"\r\n\r\nB,last');
    expect(records).toEqual([
      { kind: 'record', line: 1, fields: ['sku', 'name'] },
      { kind: 'record', line: 2, fields: ['A', 'two\nlines'] },
      { kind: 'record', line: 5, fields: ['B', 'last'] },
    ]);
    expect(permille).toBe(1000);
  });

  test('a quotation mark out of place costs its own record only', async () => {
    const { records } = await read('b.csv', 'a,1\nb,"x"y"\nc,3\n');
    expect(records).toEqual([
      { kind: 'record', line: 1, fields: ['a', '1'] },
      { kind: 'unreadable', line: 2 },
      { kind: 'record', line: 3, fields: ['c', '3'] },
    ]);
  });

  test('a quotation mark that never closes costs its own line only', async () => {
    const { records } = await read('c.csv', 'a,1\nb,"open\nc,3\nd,4\n');
    expect(records).toEqual([
      { kind: 'record', line: 1, fields: ['a', '1'] },
      { kind: 'unreadable', line: 2 },
      { kind: 'record', line: 3, fields: ['c', '3'] },
      { kind: 'record', line: 4, fields: ['d', '4'] },
    ]);
    const long = `a,1\nb,"open\n${'c,3\n'.repeat(1_000)}`;
    expect((await read('c2.csv', long)).records.map((record) => [record.kind, record.line])).toEqual([
      ['record', 1],
      ['unreadable', 2],
      ...Array.from({ length: 1_000 }, (_, place) => ['record', 3 + place]),
    ]);
  });

  test('a line that is far too long is one unreadable line', async () => {
    const { records } = await read('l.csv', `a,1\n${'x'.repeat(300_000)}\nb,2\n`);
    expect(records.map((record) => [record.kind, record.line])).toEqual([
      ['record', 1],
      ['unreadable', 2],
      ['record', 3],
    ]);
  });

  test('quotation marks hold delimiters, line breaks and doubled ones', () => {
    const split = (text: string) => splitRecord(text, { delimiter: ',', hasQuotes: true });
    expect(split('"a,b","say ""hi""",c"d,""')).toEqual({
      kind: 'fields',
      fields: ['a,b', 'say "hi"', 'c"d', ''],
    });
    expect(split('a,"b')).toEqual({ kind: 'open' });
    expect(split('a,"b""')).toEqual({ kind: 'open' });
    expect(split('a,"b" c')).toEqual({ kind: 'misquoted' });
    expect(split('a,')).toEqual({ kind: 'fields', fields: ['a', ''] });
  });

  test('in a TSV file quotation marks are text', async () => {
    const { records } = await read('d.tsv', '1\tCafé "Extra"\n2\t"half\n');
    expect(records.map((each) => each.kind === 'record' && each.fields[1])).toEqual([
      'Café "Extra"',
      '"half',
    ]);
  });

  test('latin1 is read as such; broken UTF-8 shows', async () => {
    const bytes = Buffer.from('1,caf\xe9\n', 'latin1');
    expect((await read('e.csv', bytes, 'latin1')).records).toEqual([
      { kind: 'record', line: 1, fields: ['1', 'café'] },
    ]);
    expect((await read('f.csv', bytes)).records).toEqual([
      { kind: 'record', line: 1, fields: ['1', 'caf\uFFFD'] },
    ]);
  });

  test('an xz file is unpacked as it is read', async () => {
    // `printf '1\tone\n2\ttwo\n' | xz -9 | base64`
    const packed =
      '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jMAQALMQlvbmUKMgl0d28KABiUd0u+gltAAAEkDKYY2NgftvN9AQAAAAAEWVo=';
    const { records } = await read('g.tsv.xz', Buffer.from(packed, 'base64'));
    expect(records).toEqual([
      { kind: 'record', line: 1, fields: ['1', 'one'] },
      { kind: 'record', line: 2, fields: ['2', 'two'] },
    ]);
  });

  test('a damaged xz file is an error and not the end', async () => {
    await expect(read('h.tsv.xz', Buffer.from('not packed at all'))).rejects.toThrow(/./);
  });

  test('the name says what the file is', () => {
    expect(formOf('x.TSV.xz')).toEqual({ delimiter: '\t', isXz: true });
    expect(formOf('x.csv')).toEqual({ delimiter: ',', isXz: false });
  });
});
