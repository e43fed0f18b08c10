// Orders of channels as this till shows them: what the server has folded, and own entries that it had not folded in when it wrote the
// document. So a till sees its own moves at once, with or without a network, and nothing jumps when the server answers.

import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { Fact } from '../domain/fact.ts';
import { channelOrderOf, foldChannelOrder, isEntryIn, movedBy } from '../domain/order/fold-channel-order.ts';
import type { Order } from '../domain/order/order.ts';
import { parseTrackingCode } from '../domain/order/tracking-code.ts';

/** Whoever collects, as long as that is known; it is kept beside the order and can be erased. */
export type OrderContact = {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
};

export type ChannelOrder = {
  readonly order: Order;
  readonly contact: OrderContact | null;
  /** Number of the workstation that holds the order; null while the channels do. */
  readonly holderNumber: number | null;
  /** What the customer thought of it (1 to 5 stars), once they have said so. */
  readonly feedback: { readonly stars: number; readonly text: string | null } | null;
  /** Own moves that the server has not taken in yet. */
  readonly waitingMoves: number;
};

export type ChannelOrdersView = {
  /** Those that are due first stand first. */
  readonly orders: ReadonlySignal<readonly ChannelOrder[]>;
  byId(id: string): ChannelOrder | null;
  /** By its code, as typed or scanned. */
  byCode(code: string): ChannelOrder | null;
  /** Was this pickup token burnt on this workstation? */
  isBurnt(tokenId: string): boolean;
  /** Documents of the `orders` collection; null takes one away. */
  take(changes: readonly { readonly id: string; readonly content: unknown }[]): void;
  addOwn(fact: Fact): void;
};

type Known = Omit<ChannelOrder, 'waitingMoves'>;

/** An empty view for one workstation. */
export function createChannelOrdersView(workstationId: () => string | null): ChannelOrdersView {
  const fromServer = new Map<string, Known>();
  const own = new Map<string, readonly Fact[]>();
  const burnt = new Set<string>();
  const all = signal<ReadonlyMap<string, ChannelOrder>>(new Map());

  const show = (ids: Iterable<string>): void => {
    const next = new Map(all.peek());
    const by = workstationId() ?? '';
    for (const id of ids) {
      const base = fromServer.get(id) ?? null;
      const facts = own.get(id) ?? [];
      const newer = base === null ? facts : facts.filter((fact) => isNewer(fact, base.order, by));
      if (newer.length === 0) own.delete(id);
      else own.set(id, newer);
      let order = base?.order ?? null;
      for (const fact of newer) order = foldChannelOrder(order, fact, { by, isAdmitted: false });
      if (order === null) next.delete(id);
      else next.set(id, { ...(base ?? UNKNOWN), order, waitingMoves: newer.length });
    }
    all.value = next;
  };

  return {
    orders: computed(() =>
      [...all.value.values()].sort((one, other) =>
        one.order.dueAt === other.order.dueAt
          ? one.order.code.localeCompare(other.order.code)
          : one.order.dueAt < other.order.dueAt
            ? -1
            : 1,
      ),
    ),
    byId: (id) => all.peek().get(id) ?? null,
    byCode(typed) {
      const code = parseTrackingCode(typed);
      return code === null
        ? null
        : ([...all.peek().values()].find(({ order }) => order.code === code) ?? null);
    },
    isBurnt: (tokenId) => burnt.has(tokenId),
    take(changes) {
      const changed: string[] = [];
      for (const { id, content } of changes) {
        if (content === null) {
          if (!fromServer.delete(id)) continue;
          own.delete(id);
        } else if (isDocument(content)) fromServer.set(id, knownOf(content));
        else continue;
        changed.push(id);
      }
      if (changed.length > 0) show(changed);
    },
    addOwn(fact) {
      const id = channelOrderOf(fact);
      if (id === null) return;
      const move = movedBy(fact)?.move;
      if (move?.kind === 'hand-over' && move.tokenId !== null) burnt.add(move.tokenId);
      own.set(id, [...(own.get(id) ?? []), fact]);
      show([id]);
    },
  };
}

/** Has the server not taken this entry in? What was placed here it has, once it knows the order. */
const isNewer = (fact: Fact, order: Order, by: string): boolean =>
  fact.kind !== 'channel-order-placed' && !isEntryIn(order, fact, by);

const UNKNOWN = { contact: null, holderNumber: null, feedback: null } as const;

type OrderDocument = {
  readonly kind: 'channel-order';
  readonly order: Order;
  readonly contact?: {
    readonly name: string;
    readonly phone?: string | null;
    readonly email?: string | null;
  };
  readonly holderNumber?: number;
  /** What the customer said, one for each step. */
  readonly feedback?: readonly unknown[];
};

// The server wrote it (sync-server/orders/order-documents.ts); other documents of the collection have another kind.
function isDocument(content: unknown): content is OrderDocument {
  if (typeof content !== 'object' || content === null) return false;
  return (
    Reflect.get(content, 'kind') === 'channel-order' && typeof Reflect.get(content, 'order') === 'object'
  );
}

function knownOf({ order, contact, holderNumber, feedback }: OrderDocument): Known {
  return {
    order,
    contact:
      contact === undefined
        ? null
        : { name: contact.name, phone: contact.phone ?? null, email: contact.email ?? null },
    holderNumber: holderNumber ?? null,
    feedback: feedback === undefined ? null : readFeedback(feedback),
  };
}

/** How collecting it was counts for the store; until that is said, how ordering was. */
function readFeedback(all: readonly unknown[]): ChannelOrder['feedback'] {
  const said = all.filter((each): each is object => typeof each === 'object' && each !== null);
  const last = said.find((each) => Reflect.get(each, 'step') === 'collection') ?? said[0];
  if (last === undefined) return null;
  const [stars, words]: unknown[] = [Reflect.get(last, 'stars'), Reflect.get(last, 'text')];
  return typeof stars === 'number' ? { stars, text: typeof words === 'string' ? words : null } : null;
}
