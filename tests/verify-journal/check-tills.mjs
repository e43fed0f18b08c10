// The till sessions of one journal, from its entries alone: numbers of sessions and closing reports without gaps, what each
// closing says against the sum of its session, and the perpetual totals carried from closing to closing. A void must be the
// opposite of the transaction right before it. Integer (BigInt) arithmetic throughout.

import { bookDeposits, noDeposits } from './check-orders.mjs';

const CASH_MOVES = { loan: 1n, 'paid-in': 1n, pickup: -1n, 'paid-out': -1n, 'safe-drop': -1n };

const CART_ACTIONS = {
  'line-removed': 'removals',
  'quantity-reduced': 'removals',
  'cart-cancelled': 'cancellations',
  'cart-suspended': 'suspensions',
};
const COUNTS = [
  'transactions',
  'voids',
  'noSales',
  'reprints',
  'removals',
  'cancellations',
  'suspensions',
  'failedPins',
  'xReports',
];

/** A till before its first session. */
export function newTill() {
  return { session: null, sessions: 0, reports: 0, salesMinor: 0n, returnsMinor: 0n, last: null };
}

/** Takes the next entry in; the sentence of the first thing that is wrong with it, or null. */
export function tillFault(till, entry) {
  const { kind, body } = entry;
  try {
    if (kind === 'till-opened') return open(till, entry);
    if (kind === 'till-closed') return close(till, entry);
    if (kind === 'transaction-completed') return book(till, body.transaction);
    const { session } = till;
    if (kind === 'cash-moved') {
      const sign = CASH_MOVES[body.kind];
      if (sign === undefined) return `cash moved in a way that is not known: ${body.kind}`;
      if (!(body.amountMinor > 0)) return 'cash moved without a positive amount';
      if (session?.id === body.tillSessionId) session.cashMinor += sign * BigInt(body.amountMinor);
    }
    if (kind === 'till-counted' && session?.id === body.tillSessionId) {
      session.counted = sumOfCash(body.counted);
      session.countedForeign = new Map(
        (body.foreign ?? []).map(({ currency, counted }) => [currency, sumOfCash(counted)]),
      );
    }
    if (session === null) return null;
    const isNamed = body.tillSessionId === session.id;
    if (kind === 'no-sale' && isNamed) session.noSales += 1;
    if (kind === 'x-report-made' && isNamed) session.xReports += 1;
    if (kind === 'pin-failed') session.failedPins += 1;
    if (kind === 'cart-action' && isNamed && body.isTraining !== true) {
      const count = CART_ACTIONS[body.action];
      if (count !== undefined) session[count] += 1;
    }
    if (kind === 'receipt-reprinted') session.reprints += 1;
    return null;
  } catch (problem) {
    return `the till cannot be added up: ${problem.message}`;
  }
}

function open(till, { body, epoch, sequence }) {
  if (till.session !== null) return `session ${body.sessionNumber} opens while ${till.sessions} is open`;
  if (body.sessionNumber !== till.sessions + 1)
    return `session ${body.sessionNumber} follows ${till.sessions}`;
  const counted = sumOfCash(body.counted);
  if (counted !== BigInt(body.floatMinor)) return `the float ${body.floatMinor} was counted as ${counted}`;
  till.sessions += 1;
  till.session = {
    id: body.tillSessionId,
    at: `${epoch}:${sequence}`,
    floatMinor: counted,
    cashMinor: counted,
    counted: null,
    totals: { netMinor: 0n, taxMinor: 0n, grossMinor: 0n, cashRoundingMinor: 0n },
    tenders: new Map(),
    foreign: { foreignMinor: new Map(), valueMinor: new Map(), changeMinor: new Map() },
    countedForeign: new Map(),
    operators: new Map(),
    categories: new Map(),
    deposits: noDeposits(),
    taxMinor: 0n,
    salesMinor: 0n,
    returnsMinor: 0n,
    transactions: 0,
    voids: 0,
    noSales: 0,
    reprints: 0,
    removals: 0,
    cancellations: 0,
    suspensions: 0,
    failedPins: 0,
    xReports: 0,
  };
  return null;
}

function book(till, transaction) {
  const before = till.last;
  till.last = transaction;
  const { voids, totals } = transaction;
  if ((voids !== undefined) !== (transaction.kind === 'void'))
    return 'a void names no transaction, or is not called one';
  if (voids !== undefined) {
    const fault = voidFault(transaction, before);
    if (fault !== null) return fault;
  }
  const { session } = till;
  if (session === null || transaction.tillSessionId !== session.id || transaction.isTraining === true)
    return null;
  for (const name of Object.keys(session.totals)) session.totals[name] += BigInt(totals[name]);
  const gross = BigInt(totals.grossMinor);
  if (gross > 0n) session.salesMinor += gross;
  else session.returnsMinor -= gross;
  for (const tender of transaction.tenders) {
    add(session.tenders, tender.kind, tender.amountMinor);
    if (tender.kind === 'cash') session.cashMinor += BigInt(tender.amountMinor);
    if (tender.foreign !== undefined) bookForeign(session, tender);
  }
  for (const row of transaction.taxes) session.taxMinor += BigInt(row.taxMinor);
  session.taxMinor += bookDeposits(session.deposits, transaction.order);
  for (const line of transaction.lines) add(session.categories, line.categoryId ?? '', line.grossMinor);
  add(session.operators, transaction.operatorId, gross);
  session.transactions += 1;
  if (transaction.kind === 'void') session.voids += 1;
  session.counted = null;
  return null;
}

function voidFault(transaction, before) {
  const name = `void of ${transaction.voids.receiptNumber}`;
  if (before === null || before.id !== transaction.voids.transactionId)
    return `${name} is not of the transaction before it`;
  if (before.kind === 'void') return `${name} voids a void`;
  if (before.receiptNumber !== transaction.voids.receiptNumber) return `${name} names another receipt`;
  for (const total of ['netMinor', 'taxMinor', 'grossMinor', 'cashRoundingMinor']) {
    if (before.totals[total] + transaction.totals[total] !== 0)
      return `${name}: ${total} does not net to zero`;
  }
  for (const [list, amount] of [
    ['tenders', 'amountMinor'],
    ['stockMovements', 'quantityMilli'],
    ['taxes', 'taxMinor'],
  ]) {
    const isMirror = before[list].every(
      (row, place) => row[amount] + transaction[list][place]?.[amount] === 0,
    );
    if (!isMirror || before[list].length !== transaction[list].length)
      return `${name}: its ${list} are not the opposite`;
  }
  return null;
}

function close(till, { body, epoch, sequence }) {
  const { z } = body;
  const { session } = till;
  if (session === null || session.id !== z.tillSessionId)
    return `Z ${z.number} closes a session that is not open`;
  const { figures, cash, perpetual } = z;
  const wrong = [];
  const expect = (name, stated, computed) => {
    if (BigInt(stated) !== BigInt(computed))
      wrong.push(`Z ${z.number}: ${name} says ${stated}, the entries come to ${computed}`);
  };
  expect('number', z.number, till.reports + 1);
  expect('sessionNumber', z.sessionNumber, till.sessions);
  if (`${z.firstEpoch}:${z.firstSequence}` !== session.at)
    wrong.push(`Z ${z.number} begins at another entry than its session`);
  if (z.lastEpoch !== epoch || z.lastSequence !== sequence)
    wrong.push(`Z ${z.number} ends at another entry than its own`);
  for (const [name, sum] of Object.entries(session.totals)) expect(name, figures.totals[name], sum);
  for (const [name, sum] of Object.entries(session.deposits))
    expect(`deposits ${name}`, figures.deposits[name], sum);
  expectRows(expect, 'tender', figures.tenders, {
    key: 'kind',
    amount: 'amountMinor',
    sums: session.tenders,
  });
  expectRows(expect, 'operator', figures.operators, {
    key: 'operatorId',
    amount: 'grossMinor',
    sums: session.operators,
  });
  expectRows(expect, 'category', figures.categories, {
    key: 'categoryId',
    amount: 'grossMinor',
    sums: session.categories,
  });
  expect(
    'tax',
    figures.taxes.reduce((sum, row) => sum + BigInt(row.taxMinor), 0n),
    session.taxMinor,
  );
  for (const name of COUNTS) expect(name, figures.counts[name], session[name]);
  expect('float', cash.floatMinor, session.floatMinor);
  expect('expected cash', cash.expectedMinor, session.cashMinor);
  if (session.counted === null) wrong.push(`Z ${z.number} closes a till that was not counted`);
  else expect('counted cash', cash.countedMinor, session.counted);
  expect('difference', cash.differenceMinor, BigInt(cash.countedMinor) - BigInt(cash.expectedMinor));
  expectForeign(expect, z, session);
  till.salesMinor += session.salesMinor;
  till.returnsMinor += session.returnsMinor;
  expect('perpetual sales', perpetual.salesMinor, till.salesMinor);
  expect('perpetual returns', perpetual.returnsMinor, till.returnsMinor);
  expect('perpetual grand total', perpetual.grandMinor, till.salesMinor - till.returnsMinor);
  till.reports += 1;
  till.session = null;
  return wrong[0] ?? null;
}

/** Foreign cash lies apart, and its change is taken from the own cash. */
function bookForeign(session, { foreign, tenderedMinor, changeMinor }) {
  add(session.foreign.foreignMinor, foreign.currency, foreign.foreignMinor);
  add(session.foreign.valueMinor, foreign.currency, tenderedMinor);
  add(session.foreign.changeMinor, foreign.currency, changeMinor);
  session.cashMinor -= BigInt(changeMinor);
}

function expectForeign(expect, { figures, foreignCash }, session) {
  for (const [amount, sums] of Object.entries(session.foreign)) {
    expectRows(expect, `${amount} of`, figures.foreignCash, { key: 'currency', amount, sums });
  }
  const { foreignMinor } = session.foreign;
  const counted = session.countedForeign;
  for (const { currency, expectedMinor, countedMinor, differenceMinor } of foreignCash) {
    expect(`expected ${currency}`, expectedMinor, foreignMinor.get(currency) ?? 0n);
    expect(`counted ${currency}`, countedMinor, counted.get(currency) ?? 0n);
    expect(`difference of ${currency}`, differenceMinor, BigInt(countedMinor) - BigInt(expectedMinor));
  }
  const named = new Set(foreignCash.map(({ currency }) => currency));
  for (const [currency, sum] of foreignMinor) if (!named.has(currency)) expect(`counted ${currency}`, 0, sum);
}

/** Every row against its sum, and no sum without a row. */
function expectRows(expect, name, rows, { key, amount, sums }) {
  const left = new Map(sums);
  for (const row of rows) {
    const of = row[key] ?? '';
    expect(`${name} ${of}`, row[amount], left.get(of) ?? 0n);
    left.delete(of);
  }
  for (const [of, sum] of left) expect(`${name} ${of}`, 0, sum);
}

function sumOfCash({ pieces, otherMinor }) {
  let sum = BigInt(otherMinor);
  for (const { valueMinor, count } of pieces) sum += BigInt(valueMinor) * BigInt(count);
  return sum;
}

function add(sums, key, amount) {
  sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount));
}
