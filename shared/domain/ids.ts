// Branded ids: a StoreId can never be handed to a function that wants a WorkstationId.
// Ids come in as arguments (they are minted at composition roots); this file only names them.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type StoreId = Branded<'StoreId'>;
export type WorkstationId = Branded<'WorkstationId'>;
export type OperatorId = Branded<'OperatorId'>;
export type ItemId = Branded<'ItemId'>;
export type CategoryId = Branded<'CategoryId'>;
export type TaxGroupId = Branded<'TaxGroupId'>;
export type CustomerId = Branded<'CustomerId'>;
export type CartId = Branded<'CartId'>;
export type FactId = Branded<'FactId'>;
export type TransactionId = Branded<'TransactionId'>;
export type OrderId = Branded<'OrderId'>;
export type PrinterId = Branded<'PrinterId'>;

// Each `as…` marks a place where a plain string has been parsed at a door (wire, storage, settings).
export const asStoreId = (value: string): StoreId => value as StoreId;
export const asWorkstationId = (value: string): WorkstationId => value as WorkstationId;
export const asOperatorId = (value: string): OperatorId => value as OperatorId;
export const asItemId = (value: string): ItemId => value as ItemId;
export const asCategoryId = (value: string): CategoryId => value as CategoryId;
export const asTaxGroupId = (value: string): TaxGroupId => value as TaxGroupId;
export const asCustomerId = (value: string): CustomerId => value as CustomerId;
export const asCartId = (value: string): CartId => value as CartId;
export const asFactId = (value: string): FactId => value as FactId;
export const asTransactionId = (value: string): TransactionId => value as TransactionId;
export const asOrderId = (value: string): OrderId => value as OrderId;
export const asPrinterId = (value: string): PrinterId => value as PrinterId;
