// A till for load: enrolled and signed in over the API like any other, with a real key, writing real sales with the
// domain's own functions. Facts are made and signed before anything is measured, so that only the server is.

import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createPromotionsOf, itemBookOf, statedAtDesk } from '../../shared/client/cart-desk.ts';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { addLine, emptyCart } from '../../shared/domain/cart-changes.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import { cashStepOf } from '../../shared/domain/currency.ts';
import { GENESIS_HASH, type Fact, type FactBodies, type FactKind } from '../../shared/domain/fact.ts';
import {
  asCartId,
  asFactId,
  asOperatorId,
  asStoreId,
  asTransactionId,
  asWorkstationId,
} from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { canonicalJson, factPreimage } from '../../shared/domain/journal.ts';
import {
  priceBookOf,
  type PriceBook,
  type PromotionDocument,
} from '../../shared/domain/promotion-document.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import type { CataloguePage } from '../../shared/protocol/documents.ts';
import { PROTOCOL_HEADER, tokenPreimage } from '../../shared/protocol/limits.ts';
import type { ChallengeResponse, EnrolmentResponse, TokenResponse } from '../../shared/protocol/messages.ts';

export type LoadTill = {
  readonly identity: EnrolmentResponse;
  readonly token: string;
  readonly privateKey: KeyObject;
  readonly settings: StoreSettings;
  readonly priceBook: PriceBook;
  /** What it sells: things of the catalogue that need no question. */
  readonly items: readonly Item[];
  /** Newest entry made (not: sent). */
  head: { sequence: number; hash: string };
};

/** A fact as it goes over the wire, with the columns that the server's table keeps of it. */
export type LoadFact = { readonly fact: Fact; readonly body: string };

const TILL_SESSION = 'load-1';
/** Looks the time zone up once. */
const promotionsOf = createPromotionsOf();
const deskAt = ({ priceBook }: LoadTill, now: string) => ({
  channel: 'pos',
  now: () => now,
  priceBook: () => priceBook,
});

const LINES_PER_SALE = 3;
/** Pages of 256 items that a till of the load knows. */
const PAGES = 2;

/** Enrols with a code of the demo store and signs in. */
export async function enrolLoadTill(serverUrl: string): Promise<LoadTill> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const { code } = await ask<{ code: string }>(serverUrl, '/demo/enrolment-code', { body: {} });
  const identity = await ask<EnrolmentResponse>(serverUrl, '/enrolments', {
    body: { code, kind: 'pos', name: 'Load', publicKey: { kty, crv, x, y } },
  });
  const { workstationId } = identity;
  const { challenge } = await ask<ChallengeResponse>(serverUrl, '/challenges', { body: { workstationId } });
  const preimage = Buffer.from(tokenPreimage(challenge), 'utf8');
  const signature = sign('sha256', preimage, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const { token } = await ask<TokenResponse>(serverUrl, '/tokens', {
    body: { workstationId, challenge, signature: signature.toString('base64url') },
  });
  const pull = async <Document>(collection: string, limit: number): Promise<readonly Document[]> => {
    const route = `/replication/${collection}/pull?limit=${String(limit)}`;
    return (await ask<{ documents: readonly Document[] }>(serverUrl, route, { token })).documents;
  };
  const [settings] = await pull<StoreSettings>('settings', 10);
  if (settings === undefined) throw new Error('The server has no settings for the demo store.');
  const till: LoadTill = {
    identity,
    token,
    privateKey,
    settings,
    priceBook: bookOf(await pull('promotions', 200)),
    items: itemsOf(await pull<CataloguePage>('catalogue_pages', PAGES)),
    head: { sequence: 0, hash: GENESIS_HASH },
  };
  const opening = signedFact(till, 'epoch-started', { reason: 'enrolled', lost: null });
  // Sales belong to a session of the till; without one they are disputed.
  const session = signedFact(till, 'till-opened', {
    tillSessionId: TILL_SESSION,
    sessionNumber: 1,
    businessDay: '2026-11-21',
    currency: settings.store.currency,
    openedBy: asOperatorId('load'),
    floatMinor: 0,
    counted: { pieces: [], otherMinor: 0 },
  });
  const { results } = await ask<{ results: readonly { outcome: string }[] }>(serverUrl, '/facts', {
    token,
    text: `{"facts":[${opening.body},${session.body}]}`,
  });
  const wrong = results.find(({ outcome }) => outcome !== 'accepted');
  if (wrong !== undefined) throw new Error(`The till of the load could not be opened: ${wrong.outcome}.`);
  return till;
}

function bookOf(documents: readonly PromotionDocument[]): PriceBook {
  const version = documents.find(({ type }) => type === 'version');
  if (version?.type !== 'version') throw new Error('The server has no price book.');
  return { ...priceBookOf(documents), revision: version.body.revision };
}

function itemsOf(pages: readonly CataloguePage[]): readonly Item[] {
  const lines = pages.flatMap(({ records }) => records.split('\n')).filter((line) => line !== '');
  const items = lines.map((line) => JSON.parse(line) as Item); // As the server wrote them.
  return items.filter(
    ({ unit, openPrice, bundle, depositItemId, trackBy, ageMinimum }) =>
      unit === 'piece' &&
      [openPrice, bundle, depositItemId, trackBy, ageMinimum].every((each) => each === undefined),
  );
}

/** The next `count` sales of the till, signed, ready to be sent in this order. */
export function makeSales(till: LoadTill, count: number): LoadFact[] {
  return Array.from({ length: count }, () => makeSale(till));
}

function makeSale(till: LoadTill): LoadFact {
  const { settings, identity, items } = till;
  const now = new Date(Date.UTC(2026, 10, 21, 9, 0, till.head.sequence % 3600)).toISOString();
  const sequence = till.head.sequence + 1;
  let cart = emptyCart({
    id: asCartId(randomUUID()),
    storeId: asStoreId(identity.storeId),
    workstationId: asWorkstationId(identity.workstationId),
    operatorId: asOperatorId('load'),
    currency: settings.store.currency,
  });
  for (let line = 0; line < LINES_PER_SALE; line += 1) {
    const item = items[(sequence * 7 + line * 31) % items.length];
    const book = itemBookOf(cart, { ...deskAt(till, now), itemOf: () => null });
    const added = item === undefined ? null : addLine(cart, item, book);
    if (added === null || !added.ok) throw new Error('A demo item cannot be sold.');
    cart = added.value.cart;
  }
  const { cart: stated, pricedWith } = statedAtDesk(cart, deskAt(till, now), settings);
  const promotions = promotionsOf(stated, deskAt(till, now), settings.store);
  const { totals } = cartTotals(stated, settings.taxRules, settings.taxGroups, { promotions });
  const due = totals.grossMinor;
  const step = { stepMinor: cashStepOf(settings.store) };
  const settled = settleInCash(due, Math.ceil(due / 1000) * 1000 + 1000, step);
  if (!settled.ok) throw new Error(`A sale of the load cannot be settled: ${settled.reason}`);
  const built = buildTransaction(stated, settings, {
    id: asTransactionId(randomUUID()),
    now,
    promotions,
    pricedWith,
    position: { epoch: 1, sequence },
    workstationNumber: identity.workstationNumber,
    tenders: settled.value.tenders,
    tillSessionId: TILL_SESSION,
    ordinalOf: (id) => items.find((item) => item.id === id)?.ordinal ?? 0,
  });
  if (!built.ok) throw new Error(`A sale of the load cannot be built: ${built.reason}`);
  return signedFact(till, 'transaction-completed', { transaction: built.value });
}

function signedFact<Kind extends FactKind>(till: LoadTill, kind: Kind, body: FactBodies[Kind]): LoadFact {
  const content = {
    id: asFactId(randomUUID()),
    workstationId: asWorkstationId(till.identity.workstationId),
    storeId: asStoreId(till.identity.storeId),
    epoch: 1,
    sequence: till.head.sequence + 1,
    previousHash: till.head.hash,
    kind,
    recordedAt: '2026-11-21T09:00:00.000Z',
    ...(kind === 'epoch-started' ? {} : { operatorId: asOperatorId('load') }),
    body,
  };
  // Proof of the cast: `factPreimage` leaves out hash and signature, which are all that is missing.
  const preimage = Buffer.from(factPreimage(content as unknown as Fact), 'utf8');
  const hash = createHash('sha256').update(preimage).digest('hex');
  const signature = sign('sha256', preimage, { key: till.privateKey, dsaEncoding: 'ieee-p1363' });
  const fact = { ...content, hash, signature: signature.toString('base64url') } as unknown as Fact;
  till.head = { sequence: content.sequence, hash };
  return { fact, body: canonicalJson(fact) };
}

/** One request to the API; throws with the problem's text when it is refused. */
export async function ask<Answer>(
  serverUrl: string,
  path: string,
  given: { readonly body?: unknown; readonly text?: string; readonly token?: string } = {},
): Promise<Answer> {
  const body = given.text ?? (given.body === undefined ? null : JSON.stringify(given.body));
  const response = await fetch(`${serverUrl}/api/v1${path}`, {
    method: body === null ? 'GET' : 'POST',
    headers: {
      [PROTOCOL_HEADER]: '1',
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(given.token === undefined ? {} : { authorization: `Bearer ${given.token}` }),
    },
    body,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 400)}`);
  // The shape is the one of the protocol's own schema for this path.
  return JSON.parse(text) as Answer;
}
