// What a screen may ask about customers. They are taken down with or without a network; who they are lies beside the journal, on this
// device until the server has it and at the server from then on.

import type { ReadonlySignal } from '@preact/signals-core';
import type { Consent } from '../domain/customer.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { Customer } from '../protocol/documents.ts';

export type { Customer } from '../protocol/documents.ts';

export type CustomerCommands = {
  /** Customers known to the store and those taken down here, by name. */
  readonly customers: ReadonlySignal<readonly Customer[]>;
  /** Customers whom this telephone number or e-mail address belongs to already; `but` is the one who is edited. */
  customersReachedBy(
    contact: { readonly phone: string; readonly email: string },
    but: CustomerId | null,
  ): readonly Customer[];
  /**
   * Takes a customer down, or how they are reached from now on (`customerId`). The answer is the customer as every list shows them.
   * `customer-name-missing`, `customer-contact-missing`, `phone-not-understood`, `email-not-understood`, `customer-not-found`;
   * `customer-known` {count} where somebody has this contact already, unless `isAnotherPerson`;
   * `customers-waiting` {max} when too many wait for the server.
   */
  recordCustomer(given: {
    readonly customerId?: CustomerId;
    readonly name: string;
    readonly phone: string;
    readonly email: string;
    readonly consents: readonly Consent[];
    readonly isAnotherPerson?: boolean;
  }): Promise<Outcome<Customer>>;
  /**
   * Does this customer buy for the first time, in any store? False where nothing depends on it, and where nobody can be asked, except for
   * customers who were taken down here and have bought nothing here.
   */
  isFirstPurchase(id: CustomerId): Promise<boolean>;
};
