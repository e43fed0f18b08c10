// The shop in which things break: a real server, a network that fails on demand, a printer and one till over many
// deaths. Every fault leaves a whole shop behind; what a whole shop is, is said here.

import type { FaultProxy } from '../support/fault-proxy.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import type { ServerProcess } from '../support/server-process.ts';
import type { VirtualPrinter } from '../support/virtual-printer.ts';
import type { LifeOfATill } from './life-of-a-till.ts';

export type Shop = {
  readonly server: ServerProcess;
  readonly proxy: FaultProxy;
  readonly printer: VirtualPrinter;
  readonly life: LifeOfATill;
  readonly random: SeededRandom;
  /** Sentences about anything that was not as it must be. */
  readonly complain: (sentence: string) => void;
};

export type Scenario = { readonly name: string; run(shop: Shop): Promise<void> };

/** A till that met a hanging request gives it up first. */
export const SYNCED_LIMIT_MS = 90_000;

/** Everything the till has is on the server, and the bar says so. */
export async function everythingSynced(shop: Shop): Promise<void> {
  shop.proxy.setPlan(null);
  shop.proxy.reconnect();
  await shop.life.till.waitForStatus({ pending: 0 }, SYNCED_LIMIT_MS);
}

/** One more sale on a whole shop, and everything delivered. */
export async function sellOn(shop: Shop): Promise<void> {
  shop.proxy.setPlan(null);
  shop.proxy.reconnect();
  await shop.life.sell();
  await everythingSynced(shop);
}

/** From wherever the sale was left to an empty sell screen; an open cart goes on as it is. */
export async function backToSelling({ life }: Shop): Promise<void> {
  const screen = await life.till.waitForScreen('sell', 'pay', 'finished', 'trouble');
  if (screen === 'pay') {
    const finished = await life.till.waitForFinish().catch(() => null);
    if (finished !== null) {
      life.openQuestions.pop();
      life.told.push(finished);
    }
  }
  await life.becomeReady();
}
