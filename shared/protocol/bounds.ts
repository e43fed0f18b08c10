// The bounded building blocks of every schema: ids, texts, amounts, positions, instants. Whatever crosses the
// wire is described with these, so that nothing in the protocol is unbounded.

import { Integer, String, Unsafe } from 'typebox';
import type {
  CartId,
  CategoryId,
  CustomerId,
  FactId,
  ItemId,
  OperatorId,
  OrderId,
  PrinterId,
  StoreId,
  TaxGroupId,
  TransactionId,
  WorkstationId,
} from '../domain/ids.ts';
import { EPOCH_MAX, SEQUENCE_MAX, TEXT_MAX } from './limits.ts';

export const ID_PATTERN = '^[A-Za-z0-9._:-]+$';

const idText = () => String({ minLength: 1, maxLength: TEXT_MAX.id, pattern: ID_PATTERN });

export const storeId = Unsafe<StoreId>(idText());
export const workstationId = Unsafe<WorkstationId>(idText());
export const operatorId = Unsafe<OperatorId>(idText());
export const itemId = Unsafe<ItemId>(idText());
export const categoryId = Unsafe<CategoryId>(idText());
export const taxGroupId = Unsafe<TaxGroupId>(idText());
export const customerId = Unsafe<CustomerId>(idText());
export const cartId = Unsafe<CartId>(idText());
export const factId = Unsafe<FactId>(idText());
export const transactionId = Unsafe<TransactionId>(idText());
export const orderId = Unsafe<OrderId>(idText());
export const printerId = Unsafe<PrinterId>(idText());
export const plainId = idText();

export const name = String({ maxLength: TEXT_MAX.name });
export const note = String({ maxLength: TEXT_MAX.note });
export const code = String({ maxLength: TEXT_MAX.code });

const SAFE = 9_007_199_254_740_991;
/** Minor units of a currency, signed. */
export const amountMinor = Integer({ minimum: -SAFE, maximum: SAFE });
/** Thousandths of a unit, signed (stock) or positive (lines). */
export const signedMilli = Integer({ minimum: -SAFE, maximum: SAFE });
export const positiveMilli = Integer({ minimum: 1, maximum: SAFE });
export const count = Integer({ minimum: 0, maximum: SAFE });
export const ratePpm = Integer({ minimum: 0, maximum: 10_000_000 });
export const ordinal = Integer({ minimum: 0, maximum: 100_000_000 });
export const lineNumber = Integer({ minimum: 1, maximum: 1_000_000 });

export const epoch = Integer({ minimum: 1, maximum: EPOCH_MAX });
export const sequence = Integer({ minimum: 1, maximum: SEQUENCE_MAX });

/** How many units of a currency a rate is quoted for. */
export const unitsOfRate = Integer({ minimum: 1, maximum: 1_000_000 });
export const voucherNumber = String({ pattern: '^[A-Z0-9]{4,40}$', maxLength: 40 });

/** Lower-case hex SHA-256. */
export const hash = String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 });
/** Base64url of the 64 raw bytes of an ECDSA P-256 signature. */
export const signature = String({ pattern: '^[A-Za-z0-9_-]{86}$', maxLength: 86 });
/** ISO instant as Date#toISOString writes it, also for clocks far in the past or future. */
export const instant = String({
  pattern: '^([+-]\\d{2})?\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  maxLength: 32,
});
/** YYYY-MM-DD in the store's time zone. */
export const businessDay = String({ pattern: '^([+-]\\d{2})?\\d{4}-\\d{2}-\\d{2}$', maxLength: 16 });
export const currency = String({ pattern: '^[A-Z]{3}$', maxLength: 3 });
/** Store-workstation-epoch letters and sequence, such as 01-02-A000017. */
export const receiptNumber = String({ pattern: '^\\d{2,6}-\\d{2,6}-[A-Z]{1,6}\\d{6,12}$', maxLength: 40 });
