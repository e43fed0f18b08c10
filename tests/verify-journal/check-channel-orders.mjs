// Orders of channels, from the entries of one journal alone: goods go out once and come back at most once, nothing comes back that did not
// go out here, a pickup token is burnt once, and goods, stock and money say the same about what moved.

const GOODS_MOVES = new Set(['hand-over', 'return']);

/** What a journal has done with orders of channels so far. */
export const newChannelOrders = () => ({ handedOver: new Map(), returned: new Set(), tokens: new Set() });

/** The sentence of what is wrong with an entry, or null; what is right is taken in. */
export function channelOrderFault(orders, entry) {
  if (entry.kind === 'channel-order-placed') return placementFault(entry.body?.order);
  const moved = moveOf(entry);
  if (moved === null) return null;
  const { orderId, move } = moved;
  if (typeof orderId !== 'string' || typeof move?.kind !== 'string') return 'it moves no order';
  const units =
    entry.kind === 'transaction-completed' ? unitsSold(entry.body.transaction) : unitsMoved(entry.body);
  if (!GOODS_MOVES.has(move.kind)) {
    return units.size === 0 ? null : `order ${orderId}: ${move.kind} moves goods`;
  }
  for (const [item, quantity] of units) {
    const goesOut = quantity < 0;
    if (quantity !== 0 && goesOut !== (move.kind === 'hand-over'))
      return `order ${orderId}: ${move.kind} moves ${quantity} of ${item} the wrong way`;
  }
  return move.kind === 'hand-over' ? handOverFault(orders, moved, units) : returnFault(orders, moved, units);
}

function moveOf({ kind, body }) {
  if (kind === 'channel-order-moved') return body ?? {};
  if (kind !== 'transaction-completed' || body?.transaction?.isTraining === true) return null;
  return body?.transaction?.channelOrder ?? null;
}

function handOverFault(orders, { orderId, move }, units) {
  if (orders.handedOver.has(orderId)) return `order ${orderId} is handed over a second time`;
  if (move.tokenId !== null && orders.tokens.has(move.tokenId))
    return `the pickup token ${move.tokenId} is burnt a second time`;
  const seen = new Set();
  for (const { lineNumber, quantityMilli } of move.refused ?? []) {
    if (seen.has(lineNumber) || !Number.isSafeInteger(quantityMilli) || quantityMilli <= 0)
      return `order ${orderId}: line ${lineNumber} is refused twice or by ${quantityMilli}`;
    seen.add(lineNumber);
  }
  orders.handedOver.set(orderId, units);
  if (move.tokenId !== null) orders.tokens.add(move.tokenId);
  return null;
}

function returnFault(orders, { orderId, move }, units) {
  if (orders.returned.has(orderId)) return `order ${orderId} comes back a second time`;
  const out = orders.handedOver.get(orderId);
  // Handed over at another till: its journal says how much.
  if (out === undefined && typeof move.approvalId !== 'string')
    return `order ${orderId} comes back, and was not handed over here`;
  if (out !== undefined) {
    for (const [item, quantity] of units) {
      if (quantity > -(out.get(item) ?? 0))
        return `order ${orderId}: ${quantity} of ${item} come back, ${-(out.get(item) ?? 0)} went out`;
    }
  }
  orders.returned.add(orderId);
  return null;
}

/** Stock that a move changes without a sale, by item. */
function unitsMoved({ movements = [] }) {
  const units = new Map();
  for (const { itemId, quantityMilli } of movements)
    units.set(itemId, (units.get(itemId) ?? 0) + quantityMilli);
  return units;
}

/** Stock that the lines at the order's prices change: those of other goods in the same sale have prices of their own. */
function unitsSold({ lines, channelOrder }) {
  const units = new Map();
  for (const { itemId, quantityMilli, direction, heldPrice } of lines) {
    if (heldPrice?.orderNumber !== channelOrder.code) continue;
    const signed = direction === 'return' ? quantityMilli : -quantityMilli;
    units.set(itemId, (units.get(itemId) ?? 0) + signed);
  }
  return units;
}

function placementFault(order) {
  if (typeof order?.id !== 'string' || !Array.isArray(order.lines)) return 'it places no order';
  const numbers = new Set();
  let total = 0n;
  for (const { lineNumber, quantityMilli, unitPriceMinor } of order.lines) {
    const isRight = [quantityMilli, unitPriceMinor].every(Number.isSafeInteger) && quantityMilli > 0;
    if (numbers.has(lineNumber) || !isRight || unitPriceMinor < 0)
      return `order ${order.code}: line ${lineNumber} is there twice or does not count`;
    numbers.add(lineNumber);
    total += (BigInt(unitPriceMinor) * BigInt(quantityMilli) * 2n + 1000n) / 2000n;
  }
  const paid = order.payment?.kind === 'on-collection' ? 0n : BigInt(order.payment?.amountMinor ?? -1);
  if (paid < 0n || paid > total) return `order ${order.code} costs ${total}, and ${paid} is paid`;
  return null;
}
