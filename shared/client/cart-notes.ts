// What happens to carts, on its way into the journal. Screens take lines out inside the key handler; the entry follows at
// once, in order, and always before the cart is kept or paid, so that no removal is missing where its effect is there.

import type { CartAction } from '../domain/cart-action.ts';
import type { OperatorId } from '../domain/ids.ts';
import { accept, type Outcome } from '../domain/refusal.ts';
import type { TillSession } from './session.ts';

export type CartNotes = {
  note(actions: readonly CartAction[]): void;
  /** Resolves when everything noted is on the disk, or says why it could not be written; then it is kept for another try. */
  settle(): Promise<Outcome<null>>;
};

type Noted = { readonly action: CartAction; readonly operatorId: OperatorId | undefined };

export type CartNotesGiven = {
  /** The open journal, or null. */
  readonly session: () => Pick<TillSession, 'journal'> | null;
  readonly openTillId: () => string | undefined;
  readonly operatorId: () => OperatorId | undefined;
};

export function createCartNotes(given: CartNotesGiven): CartNotes {
  const waiting: Noted[] = [];
  let writing: Promise<Outcome<null>> = Promise.resolve(accept(null));

  const write = async (): Promise<Outcome<null>> => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const { action, operatorId } = next;
      const session = given.session();
      // The next start finds the cart as it was kept last, with what was taken out still in it.
      if (session === null) return accept(null);
      const tillSessionId = given.openTillId();
      const written = await session.journal.append(
        'cart-action',
        () => accept({ ...action, ...(tillSessionId === undefined ? {} : { tillSessionId }) }),
        operatorId,
      );
      if (!written.ok) return written;
      waiting.shift();
    }
    return accept(null);
  };
  const settle = (): Promise<Outcome<null>> => {
    writing = writing.then(write);
    return writing;
  };
  return {
    note(actions) {
      const operatorId = given.operatorId();
      waiting.push(...actions.map((action) => ({ action, operatorId })));
      void settle();
    },
    settle,
  };
}
