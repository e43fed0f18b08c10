// Every kind of fact, as an entry of a journal. A new kind is added here and in the domain together; the
// compiler refuses one without the other.

import {
  Array,
  Boolean,
  Integer,
  Literal,
  Null,
  Object,
  Optional,
  Record,
  String,
  Union,
  type TSchema,
} from 'typebox';
import type { Fact, FactBodies, FactKind, JournalHead } from '../domain/fact.ts';
import * as bound from './bounds.ts';
import { channelOrderFactBodies } from './channel-orders.ts';
import * as limit from './limits.ts';
import { describes } from './describes.ts';
import { cartAction } from './cart-action.ts';
import { stockMovement, transactionSchema } from './sale.ts';
import { customerFactBodies } from './customer.ts';
import { orderFactBodies } from './customer-order.ts';
import { settingsChanged } from './settings-change.ts';
import { tillFactBodies } from './till.ts';

const closed = { additionalProperties: false } as const;

const subjectValues = Record(bound.code, Union([bound.note, bound.amountMinor]), {
  maxProperties: limit.LIST_MAX.subjectValues,
});

export const factBodies = {
  'transaction-completed': describes<FactBodies['transaction-completed']>()(
    Object({ transaction: transactionSchema }, closed),
  ),
  'epoch-started': describes<FactBodies['epoch-started']>()(
    Object(
      {
        reason: Union([Literal('enrolled'), Literal('tail-missing'), Literal('storage-lost')]),
        lost: Union([
          Null(),
          Object({ epoch: bound.epoch, fromSequence: bound.sequence, toSequence: bound.sequence }, closed),
        ]),
      },
      closed,
    ),
  ),
  'receipt-reprinted': describes<FactBodies['receipt-reprinted']>()(
    Object(
      {
        transactionId: String({ minLength: 1, maxLength: limit.TEXT_MAX.id }),
        receiptNumber: String({ maxLength: limit.TEXT_MAX.code }),
        copyNumber: Integer({ minimum: 1, maximum: 100_000 }),
      },
      closed,
    ),
  ),
  'operator-signed-on': describes<FactBodies['operator-signed-on']>()(
    Object({ operatorId: bound.operatorId }, closed),
  ),
  'operator-signed-off': describes<FactBodies['operator-signed-off']>()(
    Object(
      {
        operatorId: bound.operatorId,
        reason: Union([Literal('switched'), Literal('locked'), Literal('signed-off')]),
      },
      closed,
    ),
  ),
  'pin-failed': describes<FactBodies['pin-failed']>()(
    Object(
      { operatorId: bound.operatorId, failuresInRow: Integer({ minimum: 1, maximum: 1_000_000 }) },
      closed,
    ),
  ),
  'operator-unlocked': describes<FactBodies['operator-unlocked']>()(
    Object({ operatorId: bound.operatorId, byOperatorId: Union([bound.operatorId, Null()]) }, closed),
  ),
  'action-approved': describes<FactBodies['action-approved']>()(
    Object(
      {
        approvalId: bound.plainId,
        action: bound.code,
        cartId: Union([bound.plainId, Null()]),
        lineNumber: Optional(bound.lineNumber),
        subjectHash: bound.hash,
        approverId: bound.operatorId,
        values: subjectValues,
      },
      closed,
    ),
  ),
  ...tillFactBodies,
  ...orderFactBodies,
  ...customerFactBodies,
  'cart-action': cartAction,
  'training-switched': describes<FactBodies['training-switched']>()(Object({ isOn: Boolean() }, closed)),
  'stock-received': describes<FactBodies['stock-received']>()(
    Object(
      {
        documentNumber: bound.code,
        movements: Array(stockMovement, { maxItems: limit.LIST_MAX.movements }),
        costsMinor: Optional(Array(bound.amountMinor, { maxItems: limit.LIST_MAX.movements })),
      },
      closed,
    ),
  ),
  'settings-changed': settingsChanged,
  'attention-resolved': describes<FactBodies['attention-resolved']>()(
    Object(
      {
        attentionId: String({ minLength: 1, maxLength: 200 }),
        attentionKind: bound.code,
        choice: bound.code,
        operatorId: bound.operatorId,
        workstationId: bound.workstationId,
        note: Optional(bound.note),
        values: subjectValues,
      },
      closed,
    ),
  ),
  'price-changed': describes<FactBodies['price-changed']>()(
    Object({ itemId: bound.itemId, fromMinor: bound.amountMinor, toMinor: bound.amountMinor }, closed),
  ),
  ...channelOrderFactBodies,
} satisfies { readonly [Kind in FactKind]: TSchema };

/** What every entry has, whatever its kind; `kind` and `body` come with the kind. */
export const envelopeProperties = {
  id: bound.factId,
  workstationId: bound.workstationId,
  storeId: bound.storeId,
  epoch: bound.epoch,
  sequence: bound.sequence,
  previousHash: bound.hash,
  recordedAt: bound.instant,
  operatorId: Optional(bound.operatorId),
  hash: bound.hash,
  signature: bound.signature,
} as const;

function entryOf<Kind extends FactKind, Body extends TSchema>(kind: Kind, body: Body) {
  return Object({ ...envelopeProperties, kind: Literal(kind), body }, closed);
}

/** One schema per kind: the server picks by `kind`, so that a refusal names the field that is wrong. */
export const factSchemas = {
  'transaction-completed': describes<Fact<'transaction-completed'>>()(
    entryOf('transaction-completed', factBodies['transaction-completed']),
  ),
  'epoch-started': describes<Fact<'epoch-started'>>()(entryOf('epoch-started', factBodies['epoch-started'])),
  'receipt-reprinted': describes<Fact<'receipt-reprinted'>>()(
    entryOf('receipt-reprinted', factBodies['receipt-reprinted']),
  ),
  'operator-signed-on': describes<Fact<'operator-signed-on'>>()(
    entryOf('operator-signed-on', factBodies['operator-signed-on']),
  ),
  'operator-signed-off': describes<Fact<'operator-signed-off'>>()(
    entryOf('operator-signed-off', factBodies['operator-signed-off']),
  ),
  'pin-failed': describes<Fact<'pin-failed'>>()(entryOf('pin-failed', factBodies['pin-failed'])),
  'operator-unlocked': describes<Fact<'operator-unlocked'>>()(
    entryOf('operator-unlocked', factBodies['operator-unlocked']),
  ),
  'action-approved': describes<Fact<'action-approved'>>()(
    entryOf('action-approved', factBodies['action-approved']),
  ),
  'till-opened': describes<Fact<'till-opened'>>()(entryOf('till-opened', factBodies['till-opened'])),
  'cash-moved': describes<Fact<'cash-moved'>>()(entryOf('cash-moved', factBodies['cash-moved'])),
  'no-sale': describes<Fact<'no-sale'>>()(entryOf('no-sale', factBodies['no-sale'])),
  'print-discarded': describes<Fact<'print-discarded'>>()(
    entryOf('print-discarded', factBodies['print-discarded']),
  ),
  'till-counted': describes<Fact<'till-counted'>>()(entryOf('till-counted', factBodies['till-counted'])),
  'card-attempted': describes<Fact<'card-attempted'>>()(
    entryOf('card-attempted', factBodies['card-attempted']),
  ),
  'card-answered': describes<Fact<'card-answered'>>()(entryOf('card-answered', factBodies['card-answered'])),
  'x-report-made': describes<Fact<'x-report-made'>>()(entryOf('x-report-made', factBodies['x-report-made'])),
  'till-closed': describes<Fact<'till-closed'>>()(entryOf('till-closed', factBodies['till-closed'])),
  'clocked-in': describes<Fact<'clocked-in'>>()(entryOf('clocked-in', factBodies['clocked-in'])),
  'clocked-out': describes<Fact<'clocked-out'>>()(entryOf('clocked-out', factBodies['clocked-out'])),
  'cart-action': describes<Fact<'cart-action'>>()(entryOf('cart-action', factBodies['cart-action'])),
  'training-switched': describes<Fact<'training-switched'>>()(
    entryOf('training-switched', factBodies['training-switched']),
  ),
  'customer-recorded': describes<Fact<'customer-recorded'>>()(
    entryOf('customer-recorded', factBodies['customer-recorded']),
  ),
  'quotation-made': describes<Fact<'quotation-made'>>()(
    entryOf('quotation-made', factBodies['quotation-made']),
  ),
  'customer-order-placed': describes<Fact<'customer-order-placed'>>()(
    entryOf('customer-order-placed', factBodies['customer-order-placed']),
  ),
  'layaway-opened': describes<Fact<'layaway-opened'>>()(
    entryOf('layaway-opened', factBodies['layaway-opened']),
  ),
  'customer-order-arrived': describes<Fact<'customer-order-arrived'>>()(
    entryOf('customer-order-arrived', factBodies['customer-order-arrived']),
  ),
  'stock-received': describes<Fact<'stock-received'>>()(
    entryOf('stock-received', factBodies['stock-received']),
  ),
  'settings-changed': describes<Fact<'settings-changed'>>()(
    entryOf('settings-changed', factBodies['settings-changed']),
  ),
  'attention-resolved': describes<Fact<'attention-resolved'>>()(
    entryOf('attention-resolved', factBodies['attention-resolved']),
  ),
  'price-changed': describes<Fact<'price-changed'>>()(entryOf('price-changed', factBodies['price-changed'])),
  'channel-order-placed': describes<Fact<'channel-order-placed'>>()(
    entryOf('channel-order-placed', factBodies['channel-order-placed']),
  ),
  'channel-order-moved': describes<Fact<'channel-order-moved'>>()(
    entryOf('channel-order-moved', factBodies['channel-order-moved']),
  ),
  'feedback-given': describes<Fact<'feedback-given'>>()(
    entryOf('feedback-given', factBodies['feedback-given']),
  ),
  'rights-moved': describes<Fact<'rights-moved'>>()(entryOf('rights-moved', factBodies['rights-moved'])),
} satisfies { readonly [Kind in FactKind]: TSchema };

export const factSchema = describes<Fact>()(
  Union([
    factSchemas['transaction-completed'],
    factSchemas['epoch-started'],
    factSchemas['receipt-reprinted'],
    factSchemas['operator-signed-on'],
    factSchemas['operator-signed-off'],
    factSchemas['pin-failed'],
    factSchemas['operator-unlocked'],
    factSchemas['action-approved'],
    factSchemas['till-opened'],
    factSchemas['cash-moved'],
    factSchemas['no-sale'],
    factSchemas['print-discarded'],
    factSchemas['till-counted'],
    factSchemas['card-attempted'],
    factSchemas['card-answered'],
    factSchemas['x-report-made'],
    factSchemas['till-closed'],
    factSchemas['clocked-in'],
    factSchemas['clocked-out'],
    factSchemas['cart-action'],
    factSchemas['training-switched'],
    factSchemas['customer-recorded'],
    factSchemas['quotation-made'],
    factSchemas['customer-order-placed'],
    factSchemas['layaway-opened'],
    factSchemas['customer-order-arrived'],
    factSchemas['stock-received'],
    factSchemas['attention-resolved'],
    factSchemas['settings-changed'],
    factSchemas['price-changed'],
    factSchemas['channel-order-placed'],
    factSchemas['channel-order-moved'],
    factSchemas['feedback-given'],
    factSchemas['rights-moved'],
  ]),
);

export const journalHead = describes<JournalHead>()(
  Object(
    {
      epoch: Integer({ minimum: 0, maximum: limit.EPOCH_MAX }),
      sequence: Integer({ minimum: 0, maximum: limit.SEQUENCE_MAX }),
      hash: bound.hash,
    },
    closed,
  ),
);
