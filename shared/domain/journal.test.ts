import { describe, expect, test } from 'vitest';
import { GENESIS_HASH, type Fact } from './fact.ts';
import { asFactId, asOperatorId, asStoreId, asWorkstationId } from './ids.ts';
import {
  canonicalJson,
  checkLink,
  compareJournalPositions,
  EMPTY_JOURNAL,
  factPreimage,
  parseReceiptNumber,
  receiptNumber,
} from './journal.ts';

describe('canonical JSON', () => {
  test('keys are sorted by UTF-16 code units (RFC 8785, section 3.2.3)', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'CR',
      '\uFB33': 'Dalet',
      '1': 'One',
      '😀': 'Emoji',
      '\u0080': 'Ctl',
      ö: 'o',
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":"CR","1":"One","\u0080":"Ctl","ö":"o","€":"Euro Sign","😀":"Emoji","\uFB33":"Dalet"}',
    );
  });

  test('numbers and strings are written as in the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('minus zero is zero and nothing is nothing', () => {
    expect(canonicalJson([-0, {}, [], ''])).toBe('[0,{},[],""]');
  });

  test.each([
    ['undefined', { a: undefined }],
    ['a lone surrogate', { a: '\uD800' }],
    ['a lone surrogate in a key', { '\uDC00': 1 }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['not a number', [Number.NaN]],
    ['a date', [new Date(0)]],
    ['a bigint', [1n]],
    ['a function', [() => 1]],
  ])('%s cannot be carried and throws', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test('a cycle throws instead of running out of stack', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => canonicalJson(cycle)).toThrow(TypeError);
  });
});

const signedOn: Fact<'operator-signed-on'> = {
  id: asFactId('fact-2'),
  workstationId: asWorkstationId('till-1'),
  storeId: asStoreId('store-1'),
  epoch: 1,
  sequence: 2,
  previousHash: 'a'.repeat(64),
  kind: 'operator-signed-on',
  recordedAt: '2026-03-02T10:00:00.000Z',
  body: { operatorId: asOperatorId('operator-1') },
  hash: 'b'.repeat(64),
  signature: 'signature',
};

describe('an entry', () => {
  test('is hashed without its hash and signature', () => {
    expect(factPreimage(signedOn)).toBe(
      '{"body":{"operatorId":"operator-1"},"epoch":1,"id":"fact-2","kind":"operator-signed-on",' +
        `"previousHash":"${'a'.repeat(64)}","recordedAt":"2026-03-02T10:00:00.000Z","sequence":2,` +
        '"storeId":"store-1","workstationId":"till-1"}',
    );
  });

  test('stands by epoch and sequence, never by a clock', () => {
    expect(compareJournalPositions({ epoch: 2, sequence: 1 }, { epoch: 1, sequence: 900 })).toBeGreaterThan(
      0,
    );
    expect(compareJournalPositions({ epoch: 1, sequence: 2 }, { epoch: 1, sequence: 3 })).toBeLessThan(0);
    expect(compareJournalPositions({ epoch: 1, sequence: 3 }, { epoch: 1, sequence: 3 })).toBe(0);
  });
});

describe('a link', () => {
  const head = { epoch: 1, sequence: 1, hash: 'a'.repeat(64) };

  test('the next sequence with the right previous hash may stand there', () => {
    expect(checkLink(head, signedOn)).toEqual({ ok: true, value: null });
  });

  test.each([
    ['wrong-previous-hash', { ...signedOn, previousHash: 'c'.repeat(64) }],
    ['journal-gap', { ...signedOn, sequence: 3 }],
    ['already-held', { ...signedOn, sequence: 1 }],
    ['epoch-start-misplaced', { ...signedOn, kind: 'epoch-started' as const }],
    ['epoch-not-started', { ...signedOn, epoch: 2, sequence: 1 }],
    ['journal-gap', { ...signedOn, epoch: 2, sequence: 2, kind: 'epoch-started' as const }],
  ])('is refused: %s', (reason, fact) => {
    expect(checkLink(head, fact)).toMatchObject({ ok: false, reason });
  });

  test('a new epoch starts at 1 and points at the last known entry', () => {
    const started = { epoch: 3, sequence: 1, previousHash: head.hash, kind: 'epoch-started' as const };
    expect(checkLink(head, started).ok).toBe(true);
  });

  test('the very first entry starts epoch 1 and points at the genesis hash', () => {
    const first = { epoch: 1, sequence: 1, previousHash: GENESIS_HASH, kind: 'epoch-started' as const };
    expect(checkLink(EMPTY_JOURNAL, first).ok).toBe(true);
    expect(checkLink({ ...EMPTY_JOURNAL, epoch: 1 }, first).ok).toBe(true);
    expect(checkLink(EMPTY_JOURNAL, { ...first, epoch: 0 })).toMatchObject({ ok: false });
    expect(checkLink(EMPTY_JOURNAL, { ...first, sequence: 2 })).toMatchObject({ reason: 'journal-gap' });
  });
});

describe('receipt numbers', () => {
  test.each([
    [1, 2, 1, 17, '01-02-A000017'],
    [12, 3, 26, 1, '12-03-Z000001'],
    [1, 2, 27, 1, '01-02-AA000001'],
    [100, 101, 703, 1_234_567, '100-101-AAA1234567'],
  ])('store %i, workstation %i, epoch %i, entry %i is %s', (...row) => {
    const [storeNumber, workstationNumber, epoch, sequence, text] = row;
    const parts = { storeNumber, workstationNumber, epoch, sequence };
    expect(receiptNumber(parts)).toBe(text);
    expect(parseReceiptNumber(text)).toEqual({ ok: true, value: parts });
  });

  test('small letters and spaces around are forgiven', () => {
    expect(parseReceiptNumber(' 01-02-a000017 ')).toMatchObject({ ok: true, value: { sequence: 17 } });
  });

  test.each([
    '',
    '01-02-000017',
    '1-2-A000017',
    '001-02-A000017',
    '01-02-A0000017',
    '01-02-A17',
    '01-02-A000017x',
  ])('"%s" is no receipt number', (text) => {
    expect(parseReceiptNumber(text)).toMatchObject({ ok: false, reason: 'not-a-receipt-number' });
  });
});
