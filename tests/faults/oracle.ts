// Judges a shop after faults: what the cashiers were told against the server's tables, its journals and its stock.
// I1 complete, I2 exactly once, I3 money, I4 stock, I5 journals, I6 the pending count tells the truth, I7 the tills
// that are open hold what the server holds (replicas.ts).

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fact } from '../../shared/domain/fact.ts';
import { parseReceiptNumber } from '../../shared/domain/journal.ts';
import { exportJournals } from '../support/export-journal.ts';
import { runCommand } from '../support/run-command.ts';
import type { ServerDatabase } from '../support/server-database.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';
import type { LifeOfATill } from './life-of-a-till.ts';
import { convergence } from './replicas.ts';

export type Verdict = {
  readonly sales: number;
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  /** On the server, told to nobody, and no money button was pressed for it. */
  readonly unexplained: readonly string[];
  /** Told, not delivered when the disk was damaged, and said to be gone by the workstation itself. */
  readonly declaredLost: readonly string[];
  readonly others: readonly string[];
  /** SHA-256 of each scope's state, equal on the server and on every open till unless `others` says so. */
  readonly states: ReadonlyMap<string, string>;
};

/** A view that is a minute behind a quiet shop does not follow any more. */
const FOLD_LIMIT_MS = 60_000;

type Booked = {
  readonly receipt: string;
  readonly gross: string;
  readonly rounding: string;
  readonly workstation_id: string;
};

/** Judges all tills of a shop at once; the server is whole and every till says that nothing is pending. */
export async function judge(database: ServerDatabase, lives: readonly LifeOfATill[]): Promise<Verdict> {
  await viewsAreCurrent(database, FOLD_LIMIT_MS);
  const booked = await database<Booked[]>`
    select receipt_number as receipt, gross_minor::text as gross, cash_rounding_minor::text as rounding, workstation_id
      from transaction_view`;
  const facts = await readFacts(database);
  const declared = declaredRanges(facts);
  const byReceipt = new Map<string, Booked[]>();
  for (const row of booked) byReceipt.set(row.receipt, [...(byReceipt.get(row.receipt) ?? []), row]);

  const lost: string[] = [];
  const declaredLost: string[] = [];
  const duplicated: string[] = [];
  const others: string[] = [];
  const told = lives.flatMap(({ told: own, isGivenUp }) => own.map((each) => ({ ...each, isGivenUp })));
  const atRisk = new Set(lives.flatMap((life) => [...life.atRisk]));
  const admitted = new Set(lives.flatMap((life) => [...life.admittedLost]));
  others.push(...toldTwice(told.map(({ receiptNumber }) => receiptNumber)));
  for (const { receiptNumber, totalMinor, isGivenUp } of told) {
    const rows = byReceipt.get(receiptNumber) ?? [];
    byReceipt.delete(receiptNumber);
    const [row] = rows;
    const isNamed = isDeclared(receiptNumber, declared);
    if (row === undefined) {
      if (isGivenUp) continue;
      const isKnown = atRisk.has(receiptNumber) && (isNamed || admitted.has(receiptNumber));
      (isKnown ? declaredLost : lost).push(receiptNumber);
    } else if (isNamed) others.push(`receipt ${receiptNumber} is on the server and declared lost`);
    else if (rows.length > 1) duplicated.push(receiptNumber);
    else if (Number(row.gross) + Number(row.rounding) !== totalMinor) {
      others.push(`receipt ${receiptNumber} was told as ${totalMinor} and is booked as ${row.gross}`);
    }
  }
  const unexplained = unexplainedOf([...byReceipt.values()].flat(), lives);
  others.push(...(await repeatedFacts(database)), ...stockFaults(facts, await stockRows(database)));
  others.push(...(await marks(database)), ...(await journalFaults(database)));
  const { faults, states } = await convergence(
    database,
    lives.filter(({ isOpen }) => isOpen).map((life) => life.page()),
  );
  others.push(...faults);
  return { sales: told.length, lost, duplicated, unexplained, declaredLost, others, states };
}

/** A number that two customers hold is used twice, whatever the server has made of it. */
function toldTwice(receipts: readonly string[]): string[] {
  const seen = new Set<string>();
  return receipts
    .filter((receipt) => seen.has(receipt) || !seen.add(receipt))
    .map((receipt) => `I2: receipt number ${receipt} was told twice`);
}

/** Every booking without a told sale must answer one open question, and each question only once. */
function unexplainedOf(rest: readonly Booked[], lives: readonly LifeOfATill[]): string[] {
  const questions = lives.flatMap((life) => life.openQuestions.map(({ totalMinor }) => totalMinor));
  const unexplained: string[] = [];
  for (const row of rest) {
    const place = questions.indexOf(Number(row.gross) + Number(row.rounding));
    if (place === -1) unexplained.push(row.receipt);
    else questions.splice(place, 1);
  }
  return unexplained;
}

async function readFacts(database: ServerDatabase): Promise<Fact[]> {
  const facts: Fact[] = [];
  const rows = database<
    { body: string }[]
  >`select body from fact order by workstation_id, epoch, sequence`.cursor(500);
  // The server admitted these bodies as facts.
  for await (const part of rows) for (const { body } of part) facts.push(JSON.parse(body) as Fact);
  return facts;
}

type Range = { readonly epoch: number; readonly from: number; readonly to: number };

/** What workstations themselves have said to be gone, by the numbers that receipts carry. */
function declaredRanges(facts: readonly Fact[]): Map<string, Range[]> {
  const numberOf = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind !== 'transaction-completed') continue;
    const parts = parseReceiptNumber(fact.body.transaction.receiptNumber);
    if (parts.ok)
      numberOf.set(fact.workstationId, `${parts.value.storeNumber}-${parts.value.workstationNumber}`);
  }
  const ranges = new Map<string, Range[]>();
  for (const fact of facts) {
    if (fact.kind !== 'epoch-started' || fact.body.lost === null) continue;
    const key = numberOf.get(fact.workstationId) ?? '';
    const { epoch, fromSequence, toSequence } = fact.body.lost;
    ranges.set(key, [...(ranges.get(key) ?? []), { epoch, from: fromSequence, to: toSequence }]);
  }
  return ranges;
}

function isDeclared(receipt: string, declared: ReadonlyMap<string, readonly Range[]>): boolean {
  const parts = parseReceiptNumber(receipt);
  if (!parts.ok) return false;
  const { storeNumber, workstationNumber, epoch, sequence } = parts.value;
  const ranges = declared.get(`${storeNumber}-${workstationNumber}`) ?? [];
  return ranges.some((range) => range.epoch === epoch && range.from <= sequence && sequence <= range.to);
}

async function repeatedFacts(database: ServerDatabase): Promise<string[]> {
  const rows = await database<{ id: string }[]>`
    select id from fact group by workstation_id, id having count(*) > 1`;
  return rows.map(({ id }) => `fact ${id} is there twice`);
}

async function marks(database: ServerDatabase): Promise<string[]> {
  const rows = await database<
    { id: string; mark: string }[]
  >`select id, mark from fact where mark is not null`;
  const forked = await database<{ workstation_id: string }[]>`select workstation_id from forked_fact`;
  return [
    ...rows.map(({ id, mark }) => `fact ${id} is ${mark}`),
    ...forked.map((row) => `workstation ${row.workstation_id} has forked`),
  ];
}

async function stockRows(database: ServerDatabase): Promise<Map<string, number>> {
  const rows = await database<{ store_id: string; ordinal: number; milli: string }[]>`
    select store_id, ordinal, on_hand_milli::text as milli from stock_on_hand`;
  return new Map(rows.map((row) => [`${row.store_id} ${row.ordinal}`, Number(row.milli)]));
}

/** On hand must be the sum of all movements in all journals, opening stock included. */
function stockFaults(facts: readonly Fact[], onHand: ReadonlyMap<string, number>): string[] {
  const sums = new Map<string, number>();
  for (const fact of facts) {
    const movements =
      fact.kind === 'transaction-completed'
        ? fact.body.transaction.stockMovements
        : fact.kind === 'stock-received'
          ? fact.body.movements
          : [];
    for (const { ordinal, quantityMilli } of movements) {
      const key = `${fact.storeId} ${ordinal}`;
      sums.set(key, (sums.get(key) ?? 0) + quantityMilli);
    }
  }
  return [...new Set([...sums.keys(), ...onHand.keys()])]
    .filter((key) => (sums.get(key) ?? 0) !== (onHand.get(key) ?? 0))
    .map((key) => `stock of ${key} is ${onHand.get(key)}, its movements say ${sums.get(key)}`);
}

async function journalFaults(database: ServerDatabase): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-journals-'));
  try {
    const file = path.join(folder, 'journals.ndjson');
    await exportJournals(database, file);
    const { code, output } = await runCommand(process.execPath, [
      'tests/verify-journal/verify-journal.mjs',
      file,
    ]);
    return code === 0 ? [] : output.split('\n').filter((line) => line.startsWith('FAULT'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
