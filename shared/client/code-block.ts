// Tracking codes of this workstation: a block that the server gave to nobody else, numbered here without asking again. The next block is
// fetched while there is a network and long before this one is used up; what is lost with a device is never given out again.

import { CHANCE_MAX, CODES_PER_BLOCK, trackingCode } from '../domain/order/tracking-code.ts';
import { accept, refuse, type Outcome } from '../domain/refusal.ts';
import type { TextStore } from './ports.ts';
import type { ServerConnection } from './server/server-connection.ts';
import { isRecord } from './server/server-answer.ts';

/** The next block is asked for when fewer codes than this are left. */
const CODES_KEPT = CODES_PER_BLOCK / 2;

type Kept = {
  /** The blocks belong to a workstation: another one that is enrolled on this device begins anew. */
  readonly workstationId: string;
  readonly blocks: readonly number[];
  /** Place of the next code in the first block. */
  readonly place: number;
};

export type CodeBlock = {
  next(): Outcome<string, 'no-tracking-codes'>;
  /** Asks for a block where one will be needed; does nothing without a network. */
  refill(): Promise<void>;
};

export function createCodeBlock(given: {
  readonly textStore: TextStore;
  readonly namespace: string;
  readonly workstationId: () => string | null;
  readonly connection: Pick<ServerConnection, 'request'>;
  /** Chance, 0 ≤ x < 1. */
  readonly random: () => number;
}): CodeBlock {
  const key = `tillandsia.code-blocks${given.namespace}`;
  let asking: Promise<void> | null = null;

  const read = (): Kept | null => {
    const workstationId = given.workstationId();
    if (workstationId === null) return null;
    const none = { workstationId, blocks: [], place: 0 };
    try {
      const kept: unknown = JSON.parse(given.textStore.getItem(key) ?? 'null');
      return isKept(kept) && kept.workstationId === workstationId ? kept : none;
    } catch {
      return none;
    }
  };
  const codesLeft = ({ blocks, place }: Kept): number => blocks.length * CODES_PER_BLOCK - place;

  const ask = async (): Promise<void> => {
    const answer = await given.connection.request('/api/v1/orders/code-blocks', {
      method: 'POST',
      body: '{}',
    });
    const block = answer.kind === 'ok' && isRecord(answer.body) ? answer.body['block'] : null;
    const kept = read();
    if (typeof block !== 'number' || kept === null) return;
    given.textStore.setItem(key, JSON.stringify({ ...kept, blocks: [...kept.blocks, block] }));
  };

  return {
    next() {
      const kept = read();
      const [block, ...later] = kept?.blocks ?? [];
      if (kept === null || block === undefined) return refuse('no-tracking-codes');
      const isLast = kept.place + 1 >= CODES_PER_BLOCK;
      const after = isLast ? { ...kept, blocks: later, place: 0 } : { ...kept, place: kept.place + 1 };
      try {
        // Before the code is used: a place is given out once, even if the till dies in between.
        given.textStore.setItem(key, JSON.stringify(after));
      } catch {
        return refuse('no-tracking-codes');
      }
      const chance = Math.floor(given.random() * CHANCE_MAX);
      return accept(trackingCode({ block, place: kept.place, chance }));
    },
    refill() {
      const kept = read();
      if (kept === null || codesLeft(kept) > CODES_KEPT) return Promise.resolve();
      asking ??= ask()
        .catch(() => undefined)
        .finally(() => {
          asking = null;
        });
      return asking;
    },
  };
}

function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) &&
    typeof value['workstationId'] === 'string' &&
    Array.isArray(value['blocks']) &&
    value['blocks'].every((block) => Number.isSafeInteger(block)) &&
    Number.isSafeInteger(value['place'])
  );
}
