// A till of the demo store without a screen, for tests that need a store to move an order on: enrolled by the demo's own code, with a
// journal that it signs and pushes.

import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import { aWorkstation, call, open, push, write } from './a-workstation.ts';

export type StoreTill = {
  /** Records the move; throws when the server keeps it out of the journal. */
  readonly move: (orderId: string, move: OrderMove) => Promise<void>;
};

export async function aStoreTill(origin: string): Promise<StoreTill> {
  const url = `${origin}/api/v1`;
  const till = await aWorkstation({
    url,
    async code() {
      const { body } = await call<{ code: string }>(`${url}/demo/enrolment-code`, { method: 'POST' });
      return body.code;
    },
  });
  await push({ url }, till, [open(till)]);
  return {
    async move(orderId, move) {
      const answer = await push({ url }, till, [write(till, 'channel-order-moved', { orderId, move })]);
      if (answer.status !== 200) throw new Error(`the move was not taken in: ${JSON.stringify(answer.body)}`);
    },
  };
}
