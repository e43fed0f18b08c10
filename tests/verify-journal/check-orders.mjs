// Orders with an account, from the entries of one journal alone: an order costs what its lines and its plan add up to, each
// transaction moves the account only as its step may, what is redeemed is a tender, and money that is kept or given back is what
// was on the account. Deposits of other workstations are in their journals, so the balance before is taken as it is stated.

const MOVED = {
  deposit: ['takenMinor'],
  completion: ['redeemedMinor'],
  cancellation: ['refundedMinor', 'forfeitedMinor'],
  conversion: [],
};
const AMOUNTS = ['takenMinor', 'redeemedMinor', 'refundedMinor', 'forfeitedMinor'];
const PLACED = {
  'quotation-made': 'quotation',
  'customer-order-placed': 'customer-order',
  'layaway-opened': 'layaway',
};

/** The totals that tenders settle: those of the goods, and what goes onto an account or is given back from it. */
export function withAccount(totals, order) {
  if (order === undefined) return totals;
  return { ...totals, grossMinor: totals.grossMinor + order.takenMinor - order.refundedMinor };
}

/** What a transaction does to the account of its order. */
export function checkAccount({ order, lines, tenders, kind, voids }, expect) {
  const redeemed = total(
    tenders.filter((tender) => tender.kind === 'deposit'),
    'amountMinor',
  );
  expect(redeemed === (order?.redeemedMinor ?? 0), `tenders redeem ${redeemed} of an order's account`);
  if (order === undefined) {
    expect(lines.length > 0 && kind !== 'deposit', 'it has no lines');
    return;
  }
  const name = `order ${order.orderNumber}`;
  if (!Array.isArray(order.taxes)) return expect(false, `${name} has no list of taxes`);
  const may = MOVED[order.step];
  if (may === undefined) return expect(false, `${name}: the step ${order.step} is not known`);
  const sign = voids === undefined ? 1 : -1;
  for (const amount of AMOUNTS) {
    const moved = order[amount] * sign;
    expect(
      moved >= 0 && (moved === 0 || may.includes(amount)),
      `${name}: ${order.step} moves ${amount} ${moved}`,
    );
  }
  const after =
    order.beforeMinor + order.takenMinor - order.redeemedMinor - order.refundedMinor - order.forfeitedMinor;
  const [first, last] = voids === undefined ? [order.beforeMinor, after] : [after, order.beforeMinor];
  const ends = order.step === 'completion' || order.step === 'cancellation';
  expect(first >= 0 && last >= 0, `${name}: its account falls below zero`);
  expect(!ends || last === 0, `${name}: ${last} is left on its account at the end`);
  expect(last <= order.orderTotalMinor, `${name}: ${last} is paid of ${order.orderTotalMinor}`);
  const isAccountOnly = order.step === 'deposit' || order.step === 'cancellation';
  expect(isAccountOnly === (lines.length === 0), `${name}: ${order.step} with ${lines.length} lines`);
  if (voids === undefined)
    expect(isAccountOnly === (kind === 'deposit'), `${name}: ${order.step} is called ${kind}`);
  if (order.refunds !== undefined) checkRefunds(order, tenders, name, expect);
  for (const row of order.taxes)
    expect(row.netMinor + row.taxMinor === row.grossMinor, `${name}: net + tax is not gross`);
}

/** What goes back goes back whole, by card and by voucher as much as the account was paid so. */
function checkRefunds({ refunds, refundedMinor }, tenders, name, expect) {
  const parts = total(refunds, 'amountMinor');
  expect(parts === refundedMinor, `${name}: the parts that go back come to ${parts}, not ${refundedMinor}`);
  for (const kind of ['card', 'voucher']) {
    const isOf = (row) => row.kind === kind;
    const [wanted, given] = [
      total(refunds.filter(isOf), 'amountMinor'),
      total(tenders.filter(isOf), 'amountMinor'),
    ];
    expect(given + wanted === 0, `${name}: ${wanted} goes back by ${kind}, the tenders give ${-given}`);
  }
}

/** The sentence of what is wrong with an order as it was placed, or null. */
export function placedFault({ kind, body }) {
  const expected = PLACED[kind];
  if (expected === undefined) return null;
  try {
    return orderFault(body.order, expected);
  } catch (problem) {
    return `the order cannot be added up: ${problem.message}`;
  }
}

function orderFault(order, expected) {
  const name = `order ${order.number}`;
  if (order.kind !== expected) return `${name} is called ${order.kind}`;
  for (const amount of ['netMinor', 'taxMinor', 'grossMinor']) {
    const sum = total(order.lines, amount);
    if (sum !== order.totals[amount])
      return `${name}: the lines' ${amount} add up to ${sum}, the total says ${order.totals[amount]}`;
  }
  if (total(order.taxes, 'taxMinor') !== order.totals.taxMinor)
    return `${name}: its tax table does not add up`;
  const planned = total(order.plan ?? [], 'amountMinor');
  if (planned !== (expected === 'layaway' ? order.totals.grossMinor : 0))
    return `${name}: its plan comes to ${planned}, it costs ${order.totals.grossMinor}`;
  return null;
}

/** An account of a session of the till: what was taken, redeemed, given back and kept. */
export const noDeposits = () => Object.fromEntries(AMOUNTS.map((amount) => [amount, 0n]));

/** Books a transaction into it; the tax that deposits declare or take off is answered. */
export function bookDeposits(deposits, order) {
  if (order === undefined) return 0n;
  for (const amount of AMOUNTS) deposits[amount] += BigInt(order[amount]);
  return order.taxes.reduce((sum, row) => sum + BigInt(row.taxMinor), 0n);
}

function total(rows, field) {
  return rows.reduce((sum, row) => sum + row[field], 0);
}
