// The workstation as the commands of its cart see it. The clock is the device's less its known difference to the server's:
// prices that begin at a time begin together on all workstations, whatever their clocks say.

import { accept, refuse } from '../domain/refusal.ts';
import type { CartDesk } from './cart-desk.ts';
import type { Parts } from './parts.ts';

/** `parts` is asked only when a command runs, after all parts are made. */
export function createOwnDesk(parts: () => Parts): CartDesk {
  return {
    get channel() {
      return parts().given.kind === 'kiosk' ? 'kiosk' : 'till';
    },
    newId: () => parts().given.newId(),
    now() {
      const differenceMs = parts().board.status.peek().clockDifferenceMs ?? 0;
      return new Date(parts().given.now().getTime() - differenceMs).toISOString();
    },
    cart: () => parts().openCart(),
    setCart: (cart) => parts().setCart(cart),
    operator: () => parts().operator.peek(),
    operators: () => parts().operators.peek(),
    settings: () => parts().settings.peek(),
    identity: () => parts().identity.peek()?.enrolment ?? null,
    priceBook: () => parts().priceBook.peek(),
    itemOf(id) {
      const item = parts().catalogue.view.byId(id);
      if (item !== null) parts().rememberPlace(item);
      return item;
    },
    rememberPlace: (item) => parts().rememberPlace(item),
    note: (actions) => parts().notes.note(actions),
    releasePassport: (cartId) => parts().passportReleases.add(cartId),
    isTraining: () => parts().till.peek()?.isTraining === true,
    checkMayGiveUp: (cart) =>
      parts()
        .cards.peek()
        .some(({ cartId }) => cartId === cart.id)
        ? refuse('card-not-settled')
        : accept(null),
  };
}
