// `npm run conform -- KIND FILE`: does our arithmetic agree with figures that others have published? Each case states its
// convention; it is mapped to our settings, or reported as unsupported with the reason.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { escposCases, escposFigures } from './escpos/escpos-figures.ts';
import { gs1Cases } from './gs1/gs1-cases.ts';
import { gs1Figures } from './gs1/gs1-figures.ts';
import { judge, type Figures, type Verdict } from './judge.ts';
import { readList, readObject, readText, type Fields } from './read-fields.ts';
import { judgePhotos } from './photos/judge-photos.ts';
import { promoFigures } from './promo/promo-figures.ts';
import { taxFigures } from './tax/tax-figures.ts';
import { UnsupportedCase } from './unsupported-case.ts';

/** Computes our figures for one case of a kind. A new kind of file is one more row here. */
const KINDS: Readonly<Record<string, Kind>> = {
  tax: { figuresOf: taxFigures, casesOf: listedCases },
  promo: { figuresOf: promoFigures, casesOf: listedCases },
  gs1: { figuresOf: gs1Figures, casesOf: gs1Cases },
  escpos: { figuresOf: escposFigures, casesOf: escposCases },
};

type Kind = {
  readonly figuresOf: (one: Fields) => Figures | Promise<Figures>;
  readonly casesOf: (file: Fields) => readonly Fields[];
};

const HELP = `Usage: npm run conform -- KIND FILE [--only passed|failed|unsupported]

Compares our results with the cases of FILE, one line a case: passed, failed (expected and got) or unsupported (why).
KIND is one of: ${Object.keys(KINDS).join(', ')}, photos (FILE is then the manifest of a folder of pictures, which are read in
Chromium). Ends with "N passed, N failed, N unsupported"; exit code 1 when a case failed.`;

async function main(args: readonly string[]): Promise<number> {
  const options = { help: { type: 'boolean' }, only: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help === true) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const [kind, file] = positionals;
  if (kind === 'photos' && file !== undefined) return judgePhotos(file, values.only);
  const chosen = kind === undefined ? undefined : KINDS[kind];
  if (chosen === undefined || file === undefined) {
    process.stderr.write(`Say what to compare and with which file.\n\n${HELP}\n`);
    return 2;
  }
  const counts = { passed: 0, failed: 0, unsupported: 0 };
  for (const one of chosen.casesOf(readCases(file))) {
    const verdict = await judge(one['expected'], () => chosen.figuresOf(one));
    counts[verdict.outcome] += 1;
    if (values.only === undefined || values.only === verdict.outcome) {
      process.stdout.write(`${lineOf(idOf(one), verdict)}\n`);
    }
  }
  const { passed, failed, unsupported } = counts;
  process.stdout.write(
    `${String(passed)} passed, ${String(failed)} failed, ${String(unsupported)} unsupported\n`,
  );
  return failed === 0 && passed > 0 ? 0 : 1;
}

function readCases(file: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (problem) {
    const said = problem instanceof Error ? problem.message : String(problem);
    throw new UnsupportedCase(`${file} cannot be read as JSON: ${said}`);
  }
  return readObject(Array.isArray(parsed) ? { cases: parsed } : parsed, 'the file');
}

function listedCases(file: Fields): readonly Fields[] {
  return readList(file, 'cases').map((one) => readObject(one, 'a case'));
}

function idOf(one: Fields): string {
  return one['id'] === undefined ? '(no id)' : readText(one, 'id');
}

function lineOf(id: string, verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'passed':
      return `passed       ${id}`;
    case 'failed':
      return `failed       ${id}  ${verdict.differences.join('; ')}`;
    case 'unsupported':
      return `unsupported  ${id}  ${verdict.why}`;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 2;
}
