import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { aJournalWriter, append, appendSale } from '../../tests/support/a-journal.ts';
import { factSchema, factSchemas } from './fact.ts';
import { LIST_MAX, TEXT_MAX } from './limits.ts';

function aSale() {
  const writer = aJournalWriter();
  append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
  return appendSale(writer, 1);
}
/** A deep copy with one value replaced; `path` is written as in `body.transaction.note`. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone<unknown>(aSale());
  const steps = path.split('.');
  let place: unknown = copy;
  for (const step of steps.slice(0, -1)) place = Reflect.get(Object(place), step);
  Reflect.set(Object(place), steps.at(-1) ?? '', value);
  return copy;
}

describe('schema of facts', () => {
  test('a fact of a till fits', () => {
    expect(Check(factSchema, aSale())).toBe(true);
  });

  test.each([
    ['body.transaction.lines.0.priceSecret', 1],
    ['body.transaction.totals.grossMinor', 12.5],
    ['body.transaction.totals.grossMinor', Number.MAX_SAFE_INTEGER + 1],
    ['body.transaction.totals.grossMinor', Number.NaN],
    ['body.transaction.totals.grossMinor', '1210'],
    ['body.transaction.lines.0.quantityMilli', 0],
    ['body.transaction.lines.0.name', { fa: 'چای' }],
    ['body.transaction.lines.0.name.xx', 'tea'],
    ['body.transaction.note', 'x'.repeat(TEXT_MAX.note + 1)],
    ['body.transaction.lines', Array.from({ length: LIST_MAX.lines + 1 }, () => aSale())],
    ['body.transaction.currency', 'euro'],
    ['body.transaction.taxGroups.a b', {}],
    ['workstationId', 'w/1'],
    ['recordedAt', 'yesterday'],
  ])('%s = %j does not', (path, value) => {
    expect(Check(factSchemas['transaction-completed'], changed(path, value))).toBe(false);
  });

  test('a device clock may be anywhere in time', () => {
    for (const instant of [
      '1970-01-01T00:00:00.000Z',
      '+275760-09-13T00:00:00.000Z',
      '-000001-01-01T00:00:00.000Z',
    ]) {
      expect(Check(factSchema, changed('recordedAt', instant))).toBe(true);
    }
  });
});
