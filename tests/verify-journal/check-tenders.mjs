// How each sale was paid: tenders that add up, foreign cash at its rate, and cards that stand on an approval of the same
// journal, whole and once. Integer (BigInt) arithmetic throughout.

const MICRO = 1_000_000n;

/** Calls `expect(is, sentence)` for everything about the tenders of one transaction. */
export function checkTenders(tenders, totals, expect) {
  const settled = tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  const due = totals.grossMinor + totals.cashRoundingMinor;
  expect(settled === due, `the tenders add up to ${settled}, due is ${due}`);
  const hasCash = tenders.some(({ kind }) => kind === 'cash' || kind === 'foreign-cash');
  expect(hasCash || totals.cashRoundingMinor === 0, 'there is cash rounding without cash');
  const vouchers = tenders.flatMap(({ voucher }) => (voucher === undefined ? [] : [voucher.number]));
  expect(new Set(vouchers).size === vouchers.length, 'one voucher is there twice');
  for (const [index, tender] of tenders.entries()) {
    const name = `tender ${index + 1} (${tender.kind})`;
    if (tender.kind === 'foreign-cash') checkForeign(tender, name, expect);
    else checkOwn(tender, name, expect);
    const texts = Object.values(tender.card ?? {}).filter((value) => typeof value === 'string');
    const hasNumber = texts.some((text) => text !== tender.card.attemptId && /\d{12,}/.test(text));
    expect(!hasNumber, `${name} may hold the number of a card`);
  }
}

function checkOwn(tender, name, expect) {
  expect(tender.changeMinor >= 0, `${name} gives negative change`);
  const handedOver = Math.max(0, tender.amountMinor) + tender.changeMinor;
  // Nothing crosses the counter with a card or a debt: there the sum handed over may be left at 0.
  const isNothing = tender.kind !== 'cash' && tender.tenderedMinor === 0 && tender.changeMinor === 0;
  expect(
    (tender.tenderedMinor === handedOver || isNothing) &&
      (tender.amountMinor >= 0 || tender.changeMinor === 0),
    `${name}: handed over ${tender.tenderedMinor} − change ${tender.changeMinor} is not ${tender.amountMinor}`,
  );
}

/** Its value at its rate, half-up, less the change in the own currency; a void turns all of it round. */
function checkForeign({ foreign, amountMinor, tenderedMinor, changeMinor }, name, expect) {
  const isRate = foreign?.rateMicro > 0 && foreign.perUnits > 0 && Math.abs(foreign.digitShift) <= 4;
  expect(isRate, `${name} has no rate`);
  if (!isRate) return;
  const shift = 10n ** BigInt(Math.abs(foreign.digitShift));
  const exact =
    BigInt(foreign.foreignMinor) * BigInt(foreign.rateMicro) * (foreign.digitShift > 0 ? shift : 1n);
  const parts = MICRO * BigInt(foreign.perUnits) * (foreign.digitShift < 0 ? shift : 1n);
  const size = exact < 0n ? -exact : exact;
  const rounded = (size * 2n + parts) / (parts * 2n);
  const value = exact < 0n ? -rounded : rounded;
  expect(
    BigInt(tenderedMinor) === value,
    `${name}: ${foreign.foreignMinor} ${foreign.currency} at its rate are ${value}, it says ${tenderedMinor}`,
  );
  expect(
    tenderedMinor - changeMinor === amountMinor,
    `${name}: value ${tenderedMinor} − change ${changeMinor} is not ${amountMinor}`,
  );
  const sign = tenderedMinor < 0 ? -1 : 1;
  expect(sign * changeMinor >= 0 && sign * amountMinor >= 0, `${name} gives more change than it is worth`);
}

/** Card attempts of a journal before its first entry. */
export function newCards() {
  return new Map();
}

/** Takes the next entry in; the sentence of the first thing that is wrong with it, or null. */
export function cardFault(cards, { kind, body }) {
  if (kind === 'card-attempted') {
    if (cards.has(body.attemptId)) return `card attempt ${body.attemptId} is there twice`;
    if (!(body.amountMinor > 0)) return `card attempt ${body.attemptId} is of no amount`;
    const { action, amountMinor, reverses } = body;
    cards.set(body.attemptId, { action, amountMinor, reverses, approvedMinor: null, isUsed: false });
  }
  if (kind === 'card-answered') return answerFault(cards, body);
  return kind === 'transaction-completed' ? useFault(cards, body.transaction) : null;
}

function answerFault(cards, { attemptId, outcome, approvedMinor }) {
  const attempt = cards.get(attemptId);
  if (attempt === undefined) return `there is an answer to card attempt ${attemptId}, which is not there`;
  if (outcome !== 'approved') return null;
  if (!(approvedMinor > 0 && approvedMinor <= attempt.amountMinor))
    return `card attempt ${attemptId} of ${attempt.amountMinor} was approved with ${approvedMinor}`;
  attempt.approvedMinor = approvedMinor;
  const reversed = attempt.action === 'reversal' ? cards.get(attempt.reverses) : undefined;
  if (reversed?.isUsed === true) return `card attempt ${attempt.reverses} was reversed and is in a sale`;
  if (reversed !== undefined) reversed.approvedMinor = null;
  return null;
}

function useFault(cards, { tenders, voids, isTraining, receiptNumber }) {
  if (!Array.isArray(tenders) || isTraining === true) return null;
  for (const { card, amountMinor } of tenders) {
    if (card === undefined) continue;
    const attempt = cards.get(card.attemptId);
    const name = `${receiptNumber}: the card payment ${card.attemptId}`;
    if (attempt === undefined) return `${name} was never attempted`;
    if (voids !== undefined) {
      attempt.isUsed = false;
      continue;
    }
    if (attempt.isUsed) return `${name} is in two sales`;
    const signed = attempt.action === 'refund' ? -(attempt.approvedMinor ?? 0) : attempt.approvedMinor;
    if (signed !== amountMinor)
      return `${name} was approved with ${signed ?? 'nothing'}, the sale says ${amountMinor}`;
    attempt.isUsed = true;
  }
  return null;
}
