// The arithmetic of one completed transaction, from the numbers in the file alone:
//   lines (price × quantity, what changed the price, net + tax = gross) → tax table → totals → tenders, and lines →
//   stock movements.
// Every amount is an integer of minor units and every step is integer (BigInt) arithmetic.

import { checkStatedPrices } from './check-stated-prices.mjs';
import { checkTenders } from './check-tenders.mjs';

import { checkAccount, withAccount } from './check-orders.mjs';

/** Sentences for everything that does not add up in `transaction`; empty when all of it does. */
export function sumFaults(transaction) {
  const faults = [];
  const expect = (is, sentence) => {
    if (!is) faults.push(sentence);
  };
  if (!isRecord(transaction)) return ['there is no transaction in it'];
  const { lines, taxes, tenders, totals, stockMovements } = transaction;
  for (const [name, list] of Object.entries({ lines, taxes, tenders, stockMovements })) {
    if (!Array.isArray(list) || !list.every(isRecord)) return [`"${name}" is not a list of records`];
  }
  if (!isRecord(totals)) return ['it has no totals'];
  const broken = firstNonInteger(transaction);
  if (broken !== null) return [`${broken} is not a whole number`];

  checkLines(lines, expect);
  checkModifiers(lines, transaction, expect);
  checkFamilies(lines, expect);
  checkTaxes({ lines, taxes, totals }, expect);
  checkTenders(tenders, withAccount(totals, transaction.order), expect);
  checkAccount(transaction, expect);
  checkStatedPrices(transaction, expect);
  checkPoints(transaction, expect);
  // Practice moves nothing.
  checkMovements(transaction.isTraining === true ? [] : lines, stockMovements, expect);
  return faults;
}

/** One point for so much spent, lines that count more than once by what they say, cut towards zero once for all of it. */
function checkPoints({ points, lines, customerId, isTraining }, expect) {
  if (points === undefined) return;
  if (!isRecord(points) || !(points.spendMinor > 0)) return expect(false, 'its points have no rule');
  expect(customerId !== undefined && isTraining !== true, 'points are given to nobody');
  const times = new Map((points.times ?? []).map(({ lineNumber, timesMilli }) => [lineNumber, timesMilli]));
  const numbers = new Set(lines.map(({ lineNumber }) => lineNumber));
  expect(
    [...times].every(([number, milli]) => numbers.has(number) && milli >= 0),
    'points are counted for a line that is not there',
  );
  const weighed = lines.reduce(
    (sum, { lineNumber, grossMinor }) => sum + BigInt(grossMinor) * BigInt(times.get(lineNumber) ?? 1000),
    0n,
  );
  const earned = weighed / (BigInt(points.spendMinor) * 1000n);
  expect(BigInt(points.points) === earned, `its goods earn ${earned} points, it says ${points.points}`);
}

function checkLines(lines, expect) {
  const seen = new Set();
  for (const line of lines) {
    const name = `line ${line.lineNumber}`;
    expect(!seen.has(line.lineNumber), `${name} is there twice`);
    seen.add(line.lineNumber);
    expect(line.quantityMilli > 0, `${name} has no positive quantity`);
    expect(line.direction === 'sale' || line.direction === 'return', `${name} goes neither out nor back`);
    const sign = line.direction === 'return' ? -1n : 1n;
    const exact = BigInt(line.unitPriceMinor) * BigInt(line.quantityMilli);
    expect(
      BigInt(line.extendedMinor) === sign * divideRounded(exact, 1000n),
      `${name}: ${line.unitPriceMinor} × ${line.quantityMilli}/1000 is not ${line.extendedMinor}`,
    );
    expect(
      line.netMinor + line.taxMinor === line.grossMinor,
      `${name}: net ${line.netMinor} + tax ${line.taxMinor} is not gross ${line.grossMinor}`,
    );
  }
}

/** What changed the price of each line: nothing below zero, and what is taxed is what is left. */
function checkModifiers(lines, transaction, expect) {
  const isExempt = isRecord(transaction.exemption);
  for (const line of lines) {
    const name = `line ${line.lineNumber}`;
    const modifiers = line.modifiers ?? [];
    if (!Array.isArray(modifiers) || !modifiers.every(isRecord)) {
      expect(false, `${name}: "modifiers" is not a list of records`);
      continue;
    }
    const sign = line.direction === 'return' ? -1 : 1;
    let price = line.extendedMinor * sign;
    for (const modifier of modifiers) {
      checkModifier(modifier, { line, price, sign, name }, expect);
      price += modifier.amountMinor * sign;
    }
    expect(price >= 0, `${name}: its modifiers take more off than it costs`);
    const hasExemption = modifiers.some(({ kind }) => kind === 'exemption');
    expect(isExempt || !hasExemption, `${name} is exempt from tax, the transaction is not`);
    const [net, gross] = [line.netMinor * sign, line.grossMinor * sign];
    // Taxes are inside the price or on top of it, or some of each; a rule may round net and tax each on its own. A fixed
    // tax inside a price below it leaves a negative net, of which nothing more can be said.
    if (net < 0) continue;
    expect(
      isExempt ? net === price && gross === price : net - 1 <= price && price <= gross + 1,
      `${name}: price ${price} after modifiers does not fit net ${net} and gross ${gross}`,
    );
  }
}

function checkModifier(modifier, { line, price, sign, name }, expect) {
  const off = -modifier.amountMinor * sign;
  const said = `${name}: ${modifier.kind} of ${modifier.amountMinor}`;
  if (modifier.kind === 'price-override') {
    const target = divideRounded(BigInt(modifier.unitPriceMinor) * BigInt(line.quantityMilli), 1000n);
    expect(BigInt(price - off) === target, `${said} does not lead to the price that was set`);
  } else if (modifier.kind === 'line-discount') {
    const asked =
      modifier.ratePpm === undefined
        ? BigInt(modifier.enteredMinor)
        : divideRounded(BigInt(price) * BigInt(modifier.ratePpm), 1_000_000n);
    // A minimum price, and the price itself, may leave less to take off than was asked for.
    expect(off >= 0 && BigInt(off) <= asked, `${said} is more than was decided`);
  } else if (modifier.kind !== 'bundle' && modifier.kind !== 'held-price') {
    expect(off >= 0, `${said} makes the line dearer`);
  }
}

/** Deposits count with their goods; the parts of a bundle come to the price of the bundle. */
function checkFamilies(lines, expect) {
  const byNumber = new Map(lines.map((line) => [line.lineNumber, line]));
  const bundles = new Map();
  for (const line of lines) {
    if (line.parentLineNumber !== undefined) {
      const parent = byNumber.get(line.parentLineNumber);
      const pieces = parent?.unit === 'piece' ? parent.quantityMilli : 1000;
      expect(
        parent !== undefined && parent.direction === line.direction && line.quantityMilli === pieces,
        `line ${line.lineNumber} is the deposit of line ${line.parentLineNumber} and does not follow it`,
      );
    }
    const bundle = line.bundleOf;
    if (!isRecord(bundle) || bundle.unitPriceMinor === null) continue;
    const sign = line.direction === 'return' ? -1 : 1;
    const shared = (line.modifiers ?? []).filter(({ kind }) => kind === 'bundle');
    const part = (line.extendedMinor + total(shared, 'amountMinor')) * sign;
    const known = bundles.get(bundle.firstLineNumber) ?? { bundle, sum: 0 };
    bundles.set(bundle.firstLineNumber, { bundle, sum: known.sum + part });
  }
  for (const [first, { bundle, sum }] of bundles) {
    const price = divideRounded(BigInt(bundle.unitPriceMinor) * BigInt(bundle.quantityMilli), 1000n);
    expect(BigInt(sum) === price, `the bundle at line ${first} costs ${price}, its parts come to ${sum}`);
  }
}

function checkTaxes({ lines, taxes, totals }, expect) {
  const fields = ['netMinor', 'taxMinor', 'grossMinor'];
  for (const field of fields) {
    const sum = total(lines, field);
    expect(sum === totals[field], `the lines' ${field} add up to ${sum}, the total says ${totals[field]}`);
  }
  expect(
    totals.netMinor + totals.taxMinor === totals.grossMinor,
    `total net ${totals.netMinor} + tax ${totals.taxMinor} is not ${totals.grossMinor}`,
  );
  const tax = total(taxes, 'taxMinor');
  expect(tax === totals.taxMinor, `the tax table adds up to ${tax}, the total says ${totals.taxMinor}`);
  for (const row of taxes) checkTaxRow(row, lines, expect);
}

function checkTaxRow(row, lines, expect) {
  const name = `tax row ${row.taxGroupId}/${row.componentId}`;
  const count = lines.filter((line) => line.taxGroupId === row.taxGroupId).length;
  expect(count > 0, `${name} belongs to no line`);
  expect(row.netMinor + row.taxMinor === row.grossMinor, `${name}: net + tax is not gross`);
  if (row.ratePpm === null) return;
  // Rounding each line may move the sum by half a unit a line on the net and on the tax, never further.
  const exact = BigInt(row.netMinor) * BigInt(row.ratePpm);
  const distance = absolute(BigInt(row.taxMinor) * 1_000_000n - exact);
  expect(
    distance <= BigInt(count + 1) * 1_000_000n,
    `${name}: ${row.taxMinor} is not ${row.ratePpm} ppm of ${row.netMinor}`,
  );
}

/** The goods that the lines say moved and the goods that the movements say moved, item by item. */
function checkMovements(lines, movements, expect) {
  const byItem = new Map();
  const add = (itemId, quantityMilli) =>
    byItem.set(itemId, (byItem.get(itemId) ?? 0n) + BigInt(quantityMilli));
  for (const line of lines.filter(({ isService }) => isService !== true))
    add(line.itemId, line.direction === 'return' ? -line.quantityMilli : line.quantityMilli);
  for (const movement of movements) add(movement.itemId, movement.quantityMilli);
  for (const [itemId, difference] of byItem) {
    expect(
      difference === 0n,
      `item ${itemId}: lines and stock movements differ by ${difference} thousandths`,
    );
  }
}

function firstNonInteger(value, path = 'the transaction') {
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) {
      const found = firstNonInteger(part, `${path}[${index}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isRecord(value)) return null;
  for (const [key, part] of Object.entries(value)) {
    if (/(Minor|Milli|Ppm)$/.test(key) && part !== null && !Number.isSafeInteger(part))
      return `${path}.${key}`;
    const found = firstNonInteger(part, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** `numerator / divisor`, half away from zero, for a numerator of any sign. */
function divideRounded(numerator, divisor) {
  const magnitude = absolute(numerator);
  const isUp = (magnitude % divisor) * 2n >= divisor;
  const rounded = magnitude / divisor + (isUp ? 1n : 0n);
  return numerator < 0n ? -rounded : rounded;
}

function total(rows, field) {
  return rows.reduce((sum, row) => sum + row[field], 0);
}

function absolute(value) {
  return value < 0n ? -value : value;
}

function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
