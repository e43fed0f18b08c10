// The exact opposite of a transaction: what a void books. Every amount and every quantity has the other sign or the other
// direction, nothing is computed anew, so a transaction and its mirror come to nothing in every ledger, whatever rules have
// changed in between.

import { negateAmount } from './money.ts';
import { mirrorSettlement } from './order-settlement.ts';
import type { StockMovement, Tender, Transaction, TransactionLine } from './transaction.ts';

/** Everything of a transaction that has a sign. The caller gives the mirror its own identity. */
export type MirroredAmounts = Pick<
  Transaction,
  'lines' | 'taxes' | 'tenders' | 'totals' | 'stockMovements' | 'order' | 'points'
>;

/** Lines, taxes, tenders, totals and stock movements, turned round. */
export function mirrorTransaction(transaction: MirroredAmounts): MirroredAmounts {
  const { netMinor, taxMinor, grossMinor, cashRoundingMinor } = transaction.totals;
  return {
    lines: transaction.lines.map(mirrorLine),
    taxes: transaction.taxes.map((row) =>
      Object.assign({}, row, {
        netMinor: negateAmount(row.netMinor),
        taxMinor: negateAmount(row.taxMinor),
        grossMinor: negateAmount(row.grossMinor),
      }),
    ),
    tenders: transaction.tenders.map(mirrorTender),
    totals: {
      netMinor: negateAmount(netMinor),
      taxMinor: negateAmount(taxMinor),
      grossMinor: negateAmount(grossMinor),
      cashRoundingMinor: negateAmount(cashRoundingMinor),
    },
    stockMovements: transaction.stockMovements.map(mirrorMovement),
    ...(transaction.order === undefined ? {} : { order: mirrorSettlement(transaction.order) }),
    ...(transaction.points === undefined
      ? {}
      : { points: { ...transaction.points, points: negateAmount(transaction.points.points) } }),
  };
}

function mirrorLine(line: TransactionLine): TransactionLine {
  const { modifiers, priced: _, ...kept } = line;
  const turned = modifiers?.map((modifier) =>
    Object.assign({}, modifier, { amountMinor: negateAmount(modifier.amountMinor) }),
  );
  return {
    ...kept,
    direction: line.direction === 'sale' ? 'return' : 'sale',
    extendedMinor: negateAmount(line.extendedMinor),
    netMinor: negateAmount(line.netMinor),
    taxMinor: negateAmount(line.taxMinor),
    grossMinor: negateAmount(line.grossMinor),
    ...(turned === undefined ? {} : { modifiers: turned }),
  };
}

// Money that came in goes out: nothing is handed over, and what was change is part of what does not come back.
// Foreign cash goes back as it came, and its change comes back to the drawer.
function mirrorTender(tender: Tender): Tender {
  const amountMinor = negateAmount(tender.amountMinor);
  const { foreign } = tender;
  if (foreign !== undefined) {
    return {
      ...tender,
      amountMinor,
      tenderedMinor: negateAmount(tender.tenderedMinor),
      changeMinor: negateAmount(tender.changeMinor),
      foreign: { ...foreign, foreignMinor: negateAmount(foreign.foreignMinor) },
    };
  }
  const isCash = tender.kind === 'cash';
  return {
    ...tender,
    amountMinor,
    tenderedMinor: isCash && amountMinor > 0 ? amountMinor : 0,
    changeMinor: 0,
  };
}

function mirrorMovement(movement: StockMovement): StockMovement {
  const { reason } = movement;
  return {
    ...movement,
    quantityMilli: negateAmount(movement.quantityMilli),
    reason: reason === 'sale' ? 'return' : reason === 'return' ? 'sale' : reason,
  };
}
