import { describe, expect, it } from 'vitest';
import { checkAssociations } from './associations.ts';
import { formatDigitalLink, parseDigitalLink } from './digital-link.ts';
import { formatElementString, parseBracketed, parseElementString } from './element-string.ts';
import { gs1Day } from './gs1-day.ts';
import { readGs1 } from './read-gs1.ts';

const GS = '\u001d';

function scanOf(code: string) {
  const reading = readGs1(code);
  return reading?.kind === 'gs1' ? reading.scan : null;
}

describe('a GS1 code at the till', () => {
  it('names goods, lot, serial number and last day, whichever way the scanner sends it', () => {
    const wanted = { gtin14: '09520123456788', lot: 'ABC1', serial: '12345', expiry: '261231' };
    const fields = `01095201234567881726123110ABC1${GS}2112345`;
    for (const code of [
      `]d2${fields}`,
      `]C1${fields}`,
      `]Q3${fields}`,
      `${GS}${fields}`,
      fields,
      '(01)09520123456788(17)261231(10)ABC1(21)12345',
      'https://id.gs1.org/01/09520123456788/10/ABC1/21/12345?17=261231',
      'https://shop.example/fa/01/9520123456788/10/ABC1/21/12345?17=261231&utm=x#top',
    ]) {
      expect(scanOf(code)).toMatchObject(wanted);
    }
  });

  it('reads weight and price with their decimals', () => {
    const scan = scanOf(']e0010952012345678831030001953922299');
    expect(scan?.measure).toEqual({ unit: 'kilogram', value: 195, decimals: 3 });
    expect(scan?.price).toEqual({ value: 299, decimals: 2, currencyNumber: null });
    expect(scanOf('(01)09520123456788(3932)9780350(3103)000250')?.price).toEqual({
      value: 350,
      decimals: 2,
      currencyNumber: '978',
    });
  });

  it('reads the number under a 2D component as the goods of its fields', () => {
    expect(scanOf(`]E402345673|]e010LOT7${GS}21S1`)).toMatchObject({
      gtin14: '00000002345673',
      lot: 'LOT7',
      serial: 'S1',
    });
  });

  it('refuses wrong check digits, days that do not exist and fields that are cut off', () => {
    for (const code of [
      ']d20109520123456789',
      '(01)09520123456788(17)261331',
      '(01)09520123456788(17)260230',
      ']C101095201234567',
      'https://id.gs1.org/01/09520123456789',
      '(01)09520123456788(10)A(10)B',
      ']E402345673|]e00109520123456788',
    ]) {
      expect(readGs1(code)?.kind).toBe('wrong');
    }
  });

  it('leaves everything else alone', () => {
    for (const code of ['5901234123457', 'SKU-0042', '0112', 'https://shop.example/menu', 'a(01)b', '']) {
      expect(readGs1(code)).toBeNull();
    }
    expect(readGs1(']A0LOCKER 7')).toEqual({ kind: 'plain', text: 'LOCKER 7' });
    expect(readGs1(']E05901234123457')).toEqual({ kind: 'plain', text: '5901234123457' });
  });

  it('finds the century that is nearest to today, and the last day of a month without day', () => {
    expect(gs1Day('520300', '2026-11-22')).toBe('2052-03-31');
    expect(gs1Day('200200', '2026-11-22')).toBe('2020-02-29');
    expect(gs1Day('991231', '2026-11-22')).toBe('1999-12-31');
    expect(gs1Day('050101', '2060-01-01')).toBe('2105-01-01');
  });
});

describe('fields of a GS1 message', () => {
  it('knows which fields need or forbid each other', () => {
    const outcome = (text: string) => {
      const parsed = parseBracketed(text);
      return parsed.ok ? checkAssociations(parsed.value) : parsed;
    };
    expect(outcome('(01)12345678901231(10)A')).toMatchObject({ ok: true });
    expect(outcome('(10)A')).toMatchObject({ reason: 'gs1-field-needs-another', details: { ai: '10' } });
    expect(outcome('(01)12345678901231(02)12345678901231(37)2')).toMatchObject({
      reason: 'gs1-fields-exclude-each-other',
    });
    expect(outcome('(01)12345678901231(10)A(10)B')).toMatchObject({ reason: 'gs1-values-differ' });
  });

  it('writes what it has read, as fields and as an address', () => {
    const text = '(01)09520123456788(22)2A(10)A/B(21)7(17)261231(3922)0299';
    const parsed = parseBracketed(text);
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(parseElementString(formatElementString(parsed.value))).toEqual(parsed);
    const link = formatDigitalLink('https://id.example/', parsed.value);
    expect(link).toEqual({
      ok: true,
      value: 'https://id.example/01/09520123456788/22/2A/10/A%2FB/21/7?17=261231&3922=0299',
    });
    expect(link.ok && parseDigitalLink(link.value)).toEqual(parsed);
  });
});
