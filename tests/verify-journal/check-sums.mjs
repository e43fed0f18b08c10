// The arithmetic of one completed transaction, from the numbers in the file alone:
//   lines (price × quantity, net + tax = gross) → tax table → totals → tenders, and lines → stock movements.
// Every amount is an integer of minor units and every step is integer (BigInt) arithmetic.

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

  checkLines(lines, transaction.taxRules?.rounding ?? 'half-up', expect);
  checkTaxes({ lines, taxes, totals }, expect);
  checkTenders(tenders, totals, expect);
  checkMovements(lines, stockMovements, expect);
  return faults;
}

function checkLines(lines, rounding, expect) {
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
      BigInt(line.extendedMinor) === sign * divideRounded(exact, 1000n, rounding),
      `${name}: ${line.unitPriceMinor} × ${line.quantityMilli}/1000 is not ${line.extendedMinor}`,
    );
    expect(
      line.netMinor + line.taxMinor === line.grossMinor,
      `${name}: net ${line.netMinor} + tax ${line.taxMinor} is not gross ${line.grossMinor}`,
    );
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

function checkTenders(tenders, totals, expect) {
  const settled = total(tenders, 'amountMinor');
  const due = totals.grossMinor + totals.cashRoundingMinor;
  expect(settled === due, `the tenders add up to ${settled}, due is ${due}`);
  const hasCash = tenders.some((tender) => tender.kind === 'cash');
  expect(hasCash || totals.cashRoundingMinor === 0, 'there is cash rounding without cash');
  for (const [index, tender] of tenders.entries()) {
    const name = `tender ${index + 1} (${tender.kind})`;
    expect(tender.changeMinor >= 0, `${name} gives negative change`);
    const handedOver = Math.max(0, tender.amountMinor) + tender.changeMinor;
    // Nothing crosses the counter with a card or a debt: there the sum handed over may be left at 0.
    const isNothing = tender.kind !== 'cash' && tender.tenderedMinor === 0 && tender.changeMinor === 0;
    expect(
      (tender.tenderedMinor === handedOver || isNothing) &&
        (tender.amountMinor > 0 || tender.changeMinor === 0),
      `${name}: handed over ${tender.tenderedMinor} − change ${tender.changeMinor} is not ${tender.amountMinor}`,
    );
  }
}

/** The goods that the lines say moved and the goods that the movements say moved, item by item. */
function checkMovements(lines, movements, expect) {
  const byItem = new Map();
  const add = (itemId, quantityMilli) =>
    byItem.set(itemId, (byItem.get(itemId) ?? 0n) + BigInt(quantityMilli));
  for (const line of lines)
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

/** `numerator / divisor` for a numerator of any sign, away from the fraction as `rounding` says. */
function divideRounded(numerator, divisor, rounding) {
  const magnitude = absolute(numerator);
  const whole = magnitude / divisor;
  const twice = (magnitude % divisor) * 2n;
  const isUp =
    rounding === 'up'
      ? twice > 0n
      : rounding === 'half-up'
        ? twice >= divisor
        : rounding === 'half-even'
          ? twice > divisor || (twice === divisor && whole % 2n === 1n)
          : false;
  const rounded = isUp ? whole + 1n : whole;
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
