// Carts that come from a customer's phone and go back to it. The server holds where a cart is; this till adds what came line by line,
// at its own prices, says what costs something else than the customer saw, and gives back what the customer does not buy here.

import { computed, effect, signal, type ReadonlySignal } from '@preact/signals-core';
import { ofWholeCart } from '../../domain/cart-action.ts';
import { mergePassportLines, type PassportLine } from '../../domain/cart-passport.ts';
import type { CartLine } from '../../domain/cart.ts';
import type { ItemId } from '../../domain/ids.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { PassportPlace, PassportTakenMessage } from '../../protocol/passport-messages.ts';
import { priceAtDesk } from '../cart-desk.ts';
import type { Parts } from '../parts.ts';
import type { PassportDesk, PassportDifference, PassportMissing, PassportTaken } from '../passport-desk.ts';
import type { ServerAnswer } from '../server/server-answer.ts';
import { createChangeCart } from './change-cart.ts';
import { readySession } from './ready-session.ts';

const ROUTE = '/api/v1/passports';

export function createPassports(parts: Parts): PassportDesk {
  const { connection, given } = parts;
  const { addItem } = createChangeCart(parts.desk);
  const ask = (path: string, method: 'GET' | 'POST', body?: unknown): Promise<ServerAnswer> =>
    connection.request(`${ROUTE}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const pathOf = (cartId: string, rest = ''): string => `/carts/${encodeURIComponent(cartId)}${rest}`;
  releaseWaiting(parts, (cartId) => ask(pathOf(cartId, '/release'), 'POST'));

  const placeOf = async (cartId: string): Promise<Outcome<PassportPlace>> => {
    const answer = await ask(pathOf(cartId), 'GET');
    if (answer.kind !== 'ok') return refusalOf(answer);
    return accept((answer.body as { readonly place: PassportPlace }).place); // Checked against passportPlace.
  };
  const finishGiving: PassportDesk['finishGiving'] = async ({ cartId, code }) => {
    const cart = parts.openCart();
    if (cart?.passport !== cartId) return accept(null);
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const noted = await parts.notes.settle();
    if (!noted.ok) return noted;
    const written = await ready.value.journal.append(
      'cart-action',
      () => accept({ ...ofWholeCart('cart-suspended', cart), code }),
      cart.operatorId,
    );
    if (!written.ok) return written;
    if (parts.openCart()?.id === cart.id) parts.setCart(null);
    return accept(null);
  };
  const passportsGone = letGoWhatLeft(parts, { placeOf, finishGiving });

  return {
    passportsGone,
    passportPlace: placeOf,
    finishGiving,
    async takePassport(code) {
      const free = checkMayMove(parts);
      if (!free.ok) return free;
      if (parts.openCart()?.passport !== undefined) return refuse('passport-already-there');
      const answer = await ask('/take', 'POST', { code });
      if (answer.kind !== 'ok') return refusalOf(answer);
      // The server checked it against passportTaken.
      const { cartId, lines } = answer.body as PassportTakenMessage;
      const taken = addTaken(parts, addItem, lines);
      const cart = parts.openCart();
      if (cart === null || taken.missing.length === lines.length) {
        parts.passportReleases.add(cartId);
        return refuse('passport-takes-nothing', { count: lines.length });
      }
      parts.setCart({ ...cart, passport: cartId });
      return accept(taken);
    },
    async givePassport() {
      const free = checkMayMove(parts);
      if (!free.ok) return free;
      const cart = parts.openCart();
      if (cart === null) return refuse('cart-empty');
      const settled = parts.desk.checkMayGiveUp(cart);
      if (!settled.ok) return settled;
      if (cart.lines.some(({ direction }) => direction === 'return')) return refuse('passport-has-returns');
      const lines = linesToGive(cart.lines);
      if (lines.length === 0) return refuse('cart-empty');
      const cartId = cart.passport ?? cart.id;
      const answer = await ask(pathOf(cartId, '/code'), 'POST', { lines });
      if (answer.kind !== 'ok') return refusalOf(answer);
      // The server checked it against passportCodeGiven.
      const { code, expiresAt } = answer.body as { readonly code: string; readonly expiresAt: string };
      // From now on the shop knows this cart: when it is paid here after all, it is bought there, too.
      const open = parts.openCart();
      if (open?.id === cart.id) parts.setCart({ ...open, passport: cartId });
      return accept({ cartId, code, expiresAt, address: `${given.serverUrl}/shop/cart/${code}` });
    },
    async keepPassport(cartId) {
      const answer = await ask(pathOf(cartId, '/keep'), 'POST');
      return answer.kind === 'ok' ? accept(null) : refusalOf(answer);
    },
  };
}

function checkMayMove(parts: Parts): Outcome<null> {
  const ready = readySession(parts);
  if (!ready.ok) return ready;
  const permitted = checkPermission(parts.operator.peek(), 'sell');
  if (!permitted.ok) return permitted;
  // Practice moves nothing of a customer's.
  if (parts.desk.isTraining()) return refuse('training-differs');
  const cart = parts.openCart();
  return cart?.order !== undefined || cart?.channelOrder !== undefined
    ? refuse('cart-has-order')
    : accept(null);
}

type GivenLine = PassportLine & { readonly shownMinor: number };

/** What the phone can have as well: goods on their way out, lines of one item as one, a bundle with a price of its own as one thing. */
function linesToGive(lines: readonly CartLine[]): readonly GivenLine[] {
  const found = new Map<ItemId, GivenLine>();
  for (const line of lines) {
    if (line.direction === 'return' || line.parentLineNumber !== undefined) continue;
    const bundle = line.bundleOf ?? null;
    const isPart = bundle !== null && bundle.unitPriceMinor !== null;
    if (isPart && bundle.firstLineNumber !== line.lineNumber) continue;
    const { itemId, quantityMilli } = isPart ? bundle : line;
    const shownMinor = isPart ? (bundle.unitPriceMinor ?? 0) : line.unitPriceMinor;
    const before = found.get(itemId)?.quantityMilli ?? 0;
    found.set(itemId, { itemId, quantityMilli: before + quantityMilli, shownMinor });
  }
  return [...found.values()];
}

/** Adds what came: of an item that is in the cart already only as much as is missing, so that no goods count twice. */
function addTaken(
  parts: Parts,
  addItem: ReturnType<typeof createChangeCart>['addItem'],
  lines: PassportTakenMessage['lines'],
): PassportTaken {
  const here = linesToGive(parts.openCart()?.lines ?? []);
  const merged = mergePassportLines({ base: [], mine: here, theirs: lines });
  const quantityHere = new Map(here.map((line) => [line.itemId, line.quantityMilli]));
  const wanted = new Map(lines.map((line) => [line.itemId, line]));
  const differences: PassportDifference[] = [];
  const missing: PassportMissing[] = [];
  let lineCount = 0;
  for (const { itemId, quantityMilli } of merged) {
    const line = wanted.get(itemId);
    if (line === undefined) continue;
    const item = parts.desk.itemOf(itemId);
    const more = quantityMilli - (quantityHere.get(itemId) ?? 0);
    const added =
      item === null
        ? refuse('passport-item-unknown')
        : more > 0
          ? addItem(item, { quantityMilli: more })
          : accept(null);
    if (item === null || !added.ok) {
      const reason = added.ok ? 'passport-item-unknown' : added.reason;
      missing.push({ itemId, name: item?.name ?? null, quantityMilli: line.quantityMilli, reason });
      continue;
    }
    lineCount += 1;
    const cart = parts.openCart();
    if (cart === null) continue;
    const { priceMinor } = priceAtDesk(item, quantityMilli, cart, parts.desk);
    const { shownMinor } = line;
    if (priceMinor !== shownMinor)
      differences.push({ itemId, name: item.name, quantityMilli, shownMinor, priceMinor });
  }
  return { lineCount, differences, missing };
}

/**
 * A cart that the phone took over while this till did not hear of it (a reload, a cut) is let go as soon as the server says where it
 * is: what one customer sees on two screens would be bought twice. Asked once for each cart and each time that contact comes back.
 */
function letGoWhatLeft(
  parts: Parts,
  {
    placeOf,
    finishGiving,
  }: Pick<PassportDesk, 'finishGiving'> & { readonly placeOf: PassportDesk['passportPlace'] },
): ReadonlySignal<number> {
  const gone = signal(0);
  const cartId = computed(() => parts.cartInHand.value?.passport ?? null);
  const isConnected = computed(() => ['online', 'hub'].includes(parts.connection.state.value));
  effect(() => {
    const asked = cartId.value;
    if (asked === null || !isConnected.value) return;
    void placeOf(asked).then(async (place) => {
      if (!place.ok || place.value === 'here') return;
      const left = await finishGiving({ cartId: asked, code: asked });
      if (left.ok) gone.value += 1;
    });
  });
  return gone;
}

/**
 * Carts that the customer did not buy here go back to the phone, also when the till was cut off at that moment: they are noted beside
 * the database until the server has answered.
 */
function releaseWaiting(parts: Parts, release: (cartId: string) => Promise<ServerAnswer>): void {
  const { connection, passportReleases } = parts;
  let isSending = false;
  const send = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      for (const cartId of passportReleases.waiting.peek()) {
        const answer = await release(cartId);
        const isLater =
          answer.kind === 'unreachable' ||
          (answer.kind === 'refused' &&
            (answer.status === 401 || answer.status === 429 || answer.status >= 500));
        if (isLater) return;
        passportReleases.done(cartId);
      }
    } finally {
      isSending = false;
    }
  };
  effect(() => {
    const state = connection.state.value;
    const isWaiting = passportReleases.waiting.value.length > 0;
    if (isWaiting && (state === 'online' || state === 'hub') && parts.identity.value !== null) void send();
  });
}

function refusalOf(answer: Exclude<ServerAnswer, { readonly kind: 'ok' }>): Outcome<never> {
  return answer.kind === 'refused' ? refuse(answer.code, { detail: answer.detail }) : refuse('needs-server');
}
