// What a sale says of how its prices were asked: by which version of the shop's prices and settings, and for which lines otherwise. The
// versions themselves are the server's; here it is checked that what is said can be checked at all.

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isInstant = (value) => typeof value === 'string' && Number.isFinite(Date.parse(value));
const isCount = (value, least) => Number.isSafeInteger(value) && value >= least;

/** Calls `expect(is, sentence)` for everything about the stated prices of one transaction. */
export function checkStatedPrices({ pricedWith, lines }, expect) {
  const stamps = lines.flatMap((line) =>
    [line.priced, line.bundleOf?.priced]
      .filter((stamp) => stamp !== undefined)
      .map((stamp) => ({ name: `line ${line.lineNumber}`, stamp })),
  );
  if (pricedWith === undefined) {
    for (const { name } of stamps)
      expect(false, `${name} says how its price was asked, the sale by which prices not`);
    return;
  }
  if (!isRecord(pricedWith)) {
    expect(false, '"pricedWith" is no record');
    return;
  }
  const { book, settings, at, discounts = [] } = pricedWith;
  expect(isCount(book, 1), 'its price book has no revision');
  expect(isCount(settings, 1), 'its settings have no revision');
  expect(isInstant(at), 'it does not say when its promotions were judged');
  const isDiscounted = lines.some((line) =>
    (line.modifiers ?? []).some(({ kind }) => kind === 'cart-discount'),
  );
  expect(
    !isDiscounted || (Array.isArray(discounts) && discounts.length > 0),
    'a discount on the cart is on its lines, and is not stated',
  );
  for (const { name, stamp } of stamps) checkStamp(name, stamp, expect);
}

function checkStamp(name, stamp, expect) {
  if (!isRecord(stamp)) {
    expect(false, `${name}: "priced" is no record`);
    return;
  }
  const { book, at, quantityMilli, itemRevision } = stamp;
  expect(book === undefined || isCount(book, 0), `${name} was priced by no revision of the price book`);
  expect(at === undefined || isInstant(at), `${name} was priced at no instant`);
  expect(quantityMilli === undefined || isCount(quantityMilli, 1), `${name} was priced for no quantity`);
  expect(
    itemRevision === undefined || isCount(itemRevision, 0),
    `${name} was priced by no version of its item`,
  );
}
