// Published GS1 vectors as cases: a file holds lists by subject, each entry with its input and what comes of it. The fields
// that state the result become the expectation, under the subject's own names.

import { readList, readObject, readText, type Fields } from '../read-fields.ts';

/** Every case of the file, with `subject`, an id and `expected`. */
export function gs1Cases(file: Fields): readonly Fields[] {
  const subjects = readObject(file['tests'], 'tests');
  return Object.keys(subjects).flatMap((subject) =>
    readList(subjects, subject).map((entry, at) => {
      const one = readObject(entry, 'a case');
      return { ...one, subject, id: `${subject}-${String(at + 1)}`, expected: expectedOf(subject, one) };
    }),
  );
}

function expectedOf(subject: string, one: Fields): Fields {
  switch (subject) {
    case 'linters':
      return {
        valid: one['valid'],
        error: one['error'] === null ? null : problemName(readText(one, 'error')),
      };
    case 'ai_linter_table': {
      const result = readText(one, 'result');
      return { problem: result === 'GS1_LINTER_OK' ? null : problemName(result) };
    }
    case 'bracketed_ai_to_fnc1':
    case 'digital_link_parse':
    case 'digital_link_generate':
      return { ok: one['ok'], expected: one['expected'] };
    case 'process_scan_data':
      return one['ok'] === true
        ? { ok: true, symbology: one['symbology'], data: one['data'] }
        : { ok: one['ok'] };
    case 'generate_scan_data':
      return { scan: one['scan'] };
    case 'check_digits':
      return { ok: one['ok'], correct: one['correct'] };
    case 'variable_measure_decode':
      return { ais: one['ais'] };
    case 'in_store_scale_codes':
      return { isScaleCode: one['is_scale_code'] };
    default:
      return { ok: one['ok'] };
  }
}

/** `GS1_LINTER_ILLEGAL_DAY` → `illegal-day`, a slip of the original's spelling made good. */
function problemName(constant: string): string {
  return constant
    .replace(/^GS1_LINTER_/, '')
    .replace('EXIPIRATION', 'EXPIRATION')
    .toLowerCase()
    .replaceAll('_', '-');
}
