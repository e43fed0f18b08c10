// One workstation of the replay: the headless runtime with its real commands, an operator who signs on, and a seeded
// fate: its cable is cut and mended, answers get lost, and it is restarted at any time, also in the middle of a sale.
// What the operator was told is written down; the books are judged by it.

import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { cashStepOf } from '../../shared/domain/currency.ts';
import type { JournalHead } from '../../shared/domain/fact.ts';
import { asItemId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { exactTender, settleInCash } from '../../shared/domain/tender.ts';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import {
  createHeadlessDevice,
  createHeadlessWorkstation,
  type HeadlessDevice,
} from '../../shared/client/headless.ts';
import { seededRandom, type SeededRandom } from '../support/seeded-random.ts';
import type { ToldSale } from './compare-books.ts';
import type { Invoice } from './read-invoices.ts';
import { createSwitchedNetwork, type SwitchedNetwork } from './switched-network.ts';

export type DriveGiven = {
  readonly name: string;
  readonly serverUrl: string;
  readonly seed: number;
  /** Is this one of those that are cut off and restarted? */
  readonly isUnlucky: boolean;
  readonly invoices: readonly Invoice[];
  /** Stock code → item id. */
  readonly items: ReadonlyMap<string, string>;
  /** Instant of a local time of the shop. */
  readonly instantOf: (localTime: string) => number;
  readonly pin: string;
};

export type DriveResult = {
  readonly name: string;
  readonly workstationId: string;
  readonly told: readonly ToldSale[];
  readonly head: JournalHead;
  /** On hand in thousandths by item id, as this replica sees it at the end; null where it does not know. */
  readonly onHand: ReadonlyMap<string, number | null>;
  readonly faults: readonly string[];
  readonly cuts: number;
  readonly restarts: number;
  readonly lostAnswers: number;
  readonly soldOffline: number;
};

const READY_LIMIT_MS = 120_000;
const DRAIN_LIMIT_MS = 600_000;
const ANSWER_LIMIT_MS = 30_000;
const ATTEMPTS_MAX = 20;
/** A till does not run a thousand sales ahead of the network while it is there. */
const PENDING_MAX = 400;

export type DrivenWorkstation = {
  /** Books all invoices and returns when the server has confirmed every entry. */
  bookAll(): Promise<void>;
  /** What it was told and what it holds; asked after the whole store is quiet. Closes the workstation. */
  finish(): Promise<DriveResult>;
};

export async function prepareWorkstation(given: DriveGiven): Promise<DrivenWorkstation> {
  const till = new ReplayTill(given);
  await till.start();
  return till;
}

class ReplayTill implements DrivenWorkstation {
  readonly #given: DriveGiven;
  readonly #random: SeededRandom;
  readonly #network: SwitchedNetwork;
  readonly #device: HeadlessDevice;
  readonly #told: ToldSale[] = [];
  readonly #faults: string[] = [];
  #workstation: RunningWorkstation | null = null;
  #clock = { instant: Date.UTC(2010, 11, 1), setAt: performance.now() };
  #counts = { cuts: 0, restarts: 0, soldOffline: 0 };
  #cutFor = 0;

  constructor(given: DriveGiven) {
    this.#given = given;
    this.#random = seededRandom(given.seed);
    this.#network = createSwitchedNetwork(() => this.#random.next());
    this.#device = createHeadlessDevice({ name: given.name });
  }

  async start(): Promise<void> {
    const workstation = createHeadlessWorkstation({
      serverUrl: this.#given.serverUrl,
      device: this.#device,
      replace: {
        fetch: this.#network.fetch,
        wakeUps: this.#network.wakeUps,
        now: () => new Date(this.#clock.instant + (performance.now() - this.#clock.setAt)),
        random: () => this.#random.next(),
      },
    });
    this.#workstation = workstation;
    await workstation.started;
    if (workstation.identity.value === null) {
      const enrolled = await workstation.enrolInDemoStore();
      if (!enrolled.ok) throw new Error(`${this.#given.name} could not enrol: ${enrolled.reason}`);
    }
    await this.#until(
      () =>
        workstation.settings.value !== null &&
        workstation.operators.value.length > 0 &&
        workstation.status.value.writer === 'this-window' &&
        workstation.status.value.catalogue.phase === 'ready' &&
        workstation.status.value.catalogue.itemCount >= this.#given.items.size,
      'is not ready to sell',
    );
    const manager = workstation.operators.value.find((operator) => operator.roleName === 'manager');
    if (manager === undefined) throw new Error('the store has no manager');
    if (workstation.operator.value === null) {
      const signedOn = await workstation.signOn(manager.id, this.#given.pin);
      if (!signedOn.ok) throw new Error(`${this.#given.name} could not sign on: ${signedOn.reason}`);
    }
    if (workstation.cart.value !== null) workstation.clearCart();
    if (workstation.till.value?.open === null) {
      const opened = await workstation.openTill({ pieces: [], otherMinor: 0 });
      if (!opened.ok) throw new Error(`${this.#given.name} could not open the till: ${opened.reason}`);
    }
  }

  async bookAll(): Promise<void> {
    for (const invoice of this.#given.invoices) {
      await this.#fate();
      this.#clock = { instant: this.#given.instantOf(invoice.localTime), setAt: performance.now() };
      if (invoice.adjustments.length > 0) await this.#adjust(invoice);
      if (invoice.lines.length > 0) await this.#sell(invoice);
      if (!this.#network.isCut()) await this.#keepUp();
    }
    this.#network.mend();
    this.#network.loseAnswers(0);
    if (!(await this.#running().drained(DRAIN_LIMIT_MS))) this.#faults.push('not every entry was delivered');
  }

  async finish(): Promise<DriveResult> {
    const workstation = this.#running();
    await workstation.replica();
    const { pendingCount, troubles } = workstation.status.value;
    if (pendingCount !== 0) this.#faults.push(`${pendingCount} entries are shown as pending at the end`);
    for (const trouble of troubles.filter((one) => one.blocksSelling))
      this.#faults.push(`trouble ${trouble.code}`);
    const onHand = new Map<string, number | null>();
    for (const id of this.#given.items.values()) onHand.set(id, workstation.onHand(asItemId(id)));
    const head = workstation.journalHead();
    const workstationId = workstation.identity.value?.workstationId;
    if (head === null || workstationId === undefined) throw new Error(`${this.#given.name} has no journal`);
    await workstation.close();
    return {
      name: this.#given.name,
      workstationId,
      told: this.#told,
      head,
      onHand,
      faults: this.#faults,
      lostAnswers: this.#network.lostAnswers(),
      ...this.#counts,
    };
  }

  /** What happens to this workstation before the next invoice. */
  async #fate(): Promise<void> {
    if (!this.#given.isUnlucky) return;
    if (this.#network.isCut()) {
      this.#cutFor -= 1;
      if (this.#cutFor <= 0) this.#network.mend();
    } else if (this.#random.chance(0.02)) {
      this.#counts.cuts += 1;
      this.#cutFor = 5 + this.#random.integer(80);
      this.#network.cut();
    }
    this.#network.loseAnswers(this.#random.chance(0.1) ? 0.5 : 0);
    if (this.#random.chance(0.004)) await this.#restart();
  }

  async #restart(): Promise<void> {
    this.#counts.restarts += 1;
    await this.#running().close();
    this.#cutFor = 0;
    this.#network.mend();
    await this.start();
  }

  async #adjust(invoice: Invoice): Promise<void> {
    const changes = invoice.adjustments.map(({ stockCode, pieces }) => ({
      item: this.#item(stockCode),
      quantityMilli: pieces * 1000,
    }));
    const adjusted = await this.#running().adjustStock({ documentNumber: invoice.number, changes });
    if (!adjusted.ok)
      throw new Error(`${this.#given.name} could not adjust ${invoice.number}: ${adjusted.reason}`);
  }

  /** Rings the invoice up until the operator is told that it is final; a restart may come in between. */
  async #sell(invoice: Invoice): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      // Where the sale was interrupted, the till has been started again by now.
      if (await this.#tryToSell(invoice)) return;
    }
    throw new Error(`${this.#given.name} could not sell ${invoice.number}`);
  }

  async #tryToSell(invoice: Invoice): Promise<boolean> {
    const workstation = this.#running();
    for (const line of invoice.lines) {
      const added = workstation.addItem(this.#item(line.stockCode), {
        quantityMilli: line.pieces * 1000,
        unitPriceMinor: line.unitPriceMinor,
        direction: line.direction,
      });
      if (!added.ok) throw new Error(`${invoice.number}: ${line.stockCode} was refused: ${added.reason}`);
    }
    const view = workstation.cart.value;
    const store = workstation.settings.value?.store;
    if (view === null || store === undefined) throw new Error(`${this.#given.name} has no cart`);
    const due = view.totals.grossMinor;
    const settled = settleInCash(due, due, { stepMinor: cashStepOf(store) });
    if (!settled.ok) throw new Error(`${invoice.number}: ${settled.reason}`);
    const tenders = invoice.tender === 'cash' ? settled.value.tenders : [exactTender(invoice.tender, due)];
    const isInterrupted = this.#given.isUnlucky && this.#random.chance(0.003);
    const completing = workstation.completeSale({ tenders });
    if (!isInterrupted) {
      const sold = await completing;
      if (!sold.ok)
        throw new Error(`${this.#given.name} could not complete ${invoice.number}: ${sold.reason}`);
      this.#tell(invoice, sold.value.transaction);
      return true;
    }
    this.#counts.restarts += 1;
    for (let turns = this.#random.integer(12); turns > 0; turns -= 1) await turn();
    await workstation.close();
    // A headless till keeps its journal over a restart and asks the server for staff and settings, so it needs the
    // cable to come back; starting without a network is proved in a browser (tests/e2e, tests/faults).
    this.#cutFor = 0;
    this.#network.mend();
    const answer = await Promise.race([completing, delay(ANSWER_LIMIT_MS, null, { ref: false })]);
    await this.start();
    if (answer?.ok === true) {
      this.#tell(invoice, answer.value.transaction);
      return true;
    }
    // The operator was told nothing, or that it failed: the list of own transactions says what is true.
    const own = await this.#running().ownTransactions(5);
    const found = own.find(({ transaction }) => transaction.cartId === view.cart.id);
    if (found === undefined) return false;
    if (answer !== null)
      this.#faults.push(`${invoice.number} was refused (${answer.reason}) and booked all the same`);
    this.#tell(invoice, found.transaction);
    return true;
  }

  #tell(invoice: Invoice, transaction: { readonly id: string; readonly receiptNumber: string }): void {
    if (this.#network.isCut()) this.#counts.soldOffline += 1;
    this.#told.push({
      invoice: invoice.number,
      workstationId: this.#running().identity.value?.workstationId ?? '',
      receiptNumber: transaction.receiptNumber,
      transactionId: transaction.id,
    });
  }

  async #keepUp(): Promise<void> {
    await this.#until(
      () => this.#running().status.value.pendingCount < PENDING_MAX,
      'does not deliver although the network is there',
    );
  }

  #item(stockCode: string): Item {
    const item = this.#running().item(asItemId(this.#given.items.get(stockCode) ?? ''));
    if (item === null) throw new Error(`${this.#given.name} does not know ${stockCode}`);
    return item;
  }

  #running(): RunningWorkstation {
    if (this.#workstation === null) throw new Error(`${this.#given.name} is not started`);
    return this.#workstation;
  }

  async #until(isSo: () => boolean, sentence: string): Promise<void> {
    const deadline = performance.now() + READY_LIMIT_MS;
    while (!isSo()) {
      if (performance.now() > deadline) {
        throw new Error(
          `${this.#given.name} ${sentence}: ${JSON.stringify(this.#workstation?.status.value)}`,
        );
      }
      await delay(5);
    }
  }
}
