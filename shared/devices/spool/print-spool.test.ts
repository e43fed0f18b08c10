import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import type { Receipt } from '../../domain/receipt-blocks.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { createMemoryJobStore, type JobStore } from './job-store.ts';
import type { PrintSpool, WaitingPrint } from '../ports.ts';
import { createPrintSpool } from './print-spool.ts';

const REPEAT = 'REPEAT';
const receiptOf = (text: string): Receipt => ({ language: 'en', blocks: [{ kind: 'text', text }] });

type Answer = 'ok' | 'unreachable' | 'interrupted' | 'silent' | 'hangs';

/** A printer whose next answers are given; what it has put on paper is kept. */
function aPrinter(answers: Answer[], now: () => number) {
  const paper: { readonly text: string; readonly isRepeat: boolean; readonly isWhole: boolean }[] = [];
  const opened: number[] = [];
  const said = async (whole: () => void, part: () => void): Promise<Outcome<null>> => {
    switch (answers.shift() ?? 'ok') {
      case 'ok':
        whole();
        return accept(null);
      case 'unreachable':
        return refuse('printer-unreachable');
      case 'interrupted':
        part();
        return refuse('printer-interrupted');
      case 'silent':
        whole();
        return refuse('printer-silent');
      case 'hangs':
        part();
        return new Promise(() => undefined);
    }
  };
  return {
    paper,
    opened,
    device: {
      printer: {
        print(receipt: Receipt) {
          const texts = receipt.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
          const [text = ''] = texts.slice(-1);
          const print = (isWhole: boolean) => () =>
            void paper.push({ text, isRepeat: texts[0] === REPEAT, isWhole });
          return said(print(true), print(false));
        },
      },
      drawer: {
        open: () =>
          said(
            () => void opened.push(now()),
            () => undefined,
          ),
      },
    },
  };
}

function aSpool(
  store: JobStore,
  printer: ReturnType<typeof aPrinter>,
  clock: { now: number },
  instead?: { readonly id: string; readonly printer: ReturnType<typeof aPrinter> },
) {
  let waiting: readonly WaitingPrint[] = [];
  let ids = 0;
  // Every window has locks of its own here: a window that hangs is a window that is gone.
  const spool: PrintSpool = createPrintSpool({
    store,
    deviceOf: (id) => (id === 'gone' ? null : id === instead?.id ? instead.printer.device : printer.device),
    insteadOf: (id) => (id === instead?.id ? null : (instead?.id ?? null)),
    withLock: (_name, work) => work(),
    now: () => (clock.now += 10),
    newId: () => `${String(clock.now)}-${String((ids += 1))}`,
    wait: (milliseconds) => {
      clock.now += milliseconds;
      return new Promise((resolve) => setImmediate(resolve));
    },
    repeatSentence: () => REPEAT,
    copySentence: () => 'COPY',
    onChange: (jobs) => {
      waiting = jobs;
    },
  });
  return { spool, waiting: () => waiting };
}

/** The store as a window sees it: once the window is gone, nothing that it does happens any more. */
function storeOf(store: JobStore, window: { readonly isOpen: boolean }): JobStore {
  const never = <Value>(): Promise<Value> => new Promise(() => undefined);
  return {
    put: (job) => (window.isOpen ? store.put(job) : never()),
    remove: (id) => (window.isOpen ? store.remove(id) : never()),
    all: () => (window.isOpen ? store.all() : never()),
  };
}

async function settled(store: JobStore, turns = 200): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if ((await store.all()).length === 0) return;
  }
}

describe('the spool', () => {
  it('prints a job once and keeps nothing of it', async () => {
    const clock = { now: 0 };
    const printer = aPrinter([], () => clock.now);
    const store = createMemoryJobStore();
    const { spool } = aSpool(store, printer, clock);
    expect(await spool.print('p1', receiptOf('A'))).toEqual(accept(null));
    expect(printer.paper).toEqual([{ text: 'A', isRepeat: false, isWhole: true }]);
    expect(await store.all()).toEqual([]);
  });

  it('tries again until the printer is there, without a word on the receipt', async () => {
    const clock = { now: 0 };
    const printer = aPrinter(['unreachable', 'unreachable'], () => clock.now);
    const store = createMemoryJobStore();
    const { spool } = aSpool(store, printer, clock);
    expect(await spool.print('p1', receiptOf('A'))).toMatchObject({ reason: 'printer-unreachable' });
    await settled(store);
    expect(printer.paper).toEqual([{ text: 'A', isRepeat: false, isWhole: true }]);
  });

  it('says on the receipt that it may stand on paper already', async () => {
    const clock = { now: 0 };
    const printer = aPrinter(['interrupted'], () => clock.now);
    const store = createMemoryJobStore();
    const { spool } = aSpool(store, printer, clock);
    await spool.print('p1', receiptOf('A'));
    await settled(store);
    expect(printer.paper.map(({ isRepeat, isWhole }) => [isRepeat, isWhole])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('takes a job up that a window left behind, and never a drawer', async () => {
    const clock = { now: 0 };
    const store = createMemoryJobStore();
    const dying = aPrinter(['hangs'], () => clock.now);
    void aSpool(store, dying, clock).spool.print('p1', receiptOf('A'));
    await new Promise((resolve) => setImmediate(resolve));
    const drawers = aPrinter(['hangs'], () => clock.now);
    void aSpool(store, drawers, clock).spool.openDrawer('p2');
    await new Promise((resolve) => setImmediate(resolve));
    const printer = aPrinter([], () => clock.now);
    await aSpool(store, printer, clock).spool.start();
    await settled(store);
    expect(printer.paper).toEqual([{ text: 'A', isRepeat: true, isWhole: true }]);
    expect(printer.opened).toEqual([]);
  });

  it('opens the drawer before receipts that wait, and not when it is too late', async () => {
    const clock = { now: 0 };
    const store = createMemoryJobStore();
    const answers: Answer[] = ['unreachable', 'ok'];
    const printer = aPrinter(answers, () => clock.now);
    const { spool } = aSpool(store, printer, clock);
    await spool.print('p1', receiptOf('A'));
    await spool.openDrawer('p1');
    expect(printer.opened).toHaveLength(1);
    await settled(store);
    answers.push(...Array.from({ length: 6 }, () => 'unreachable' as const));
    await spool.openDrawer('p1');
    await settled(store);
    expect(printer.opened).toHaveLength(1);
  });

  it('hands a receipt that certainly was not printed to the printer that takes over', async () => {
    const clock = { now: 0 };
    const store = createMemoryJobStore();
    const held = aPrinter(
      Array.from({ length: 9 }, () => 'unreachable' as const),
      () => clock.now,
    );
    const other = aPrinter([], () => clock.now);
    const { spool } = aSpool(store, held, clock, { id: 'p2', printer: other });
    expect(await spool.print('p1', receiptOf('A'))).toMatchObject({ reason: 'printer-unreachable' });
    await settled(store);
    expect(held.paper).toEqual([]);
    expect(other.paper).toEqual([{ text: 'A', isRepeat: false, isWhole: true }]);
  });

  it('moves what waits to another printer, or gives it up', async () => {
    const clock = { now: 0 };
    const store = createMemoryJobStore();
    const printer = aPrinter([], () => clock.now);
    const { spool, waiting } = aSpool(store, printer, clock);
    expect(await spool.print('gone', receiptOf('A'))).toMatchObject({ reason: 'printer-not-set-up' });
    expect(waiting()).toHaveLength(1);
    await spool.moveTo('p1');
    await settled(store);
    expect(printer.paper.map(({ text }) => text)).toEqual(['A']);
    await spool.print('gone', receiptOf('B'));
    await spool.print('gone', receiptOf('C'));
    const [given] = waiting();
    await spool.discard(given?.id ?? '');
    await expect.poll(() => waiting().length).toBe(1);
    await spool.moveTo('p1');
    await settled(store);
    expect(printer.paper.map(({ text }) => text)).toEqual(['A', 'C']);
  });

  it('prints one of them as a copy, which says so, and leaves the others waiting', async () => {
    const clock = { now: 0 };
    const store = createMemoryJobStore();
    const printer = aPrinter([], () => clock.now);
    const heads: unknown[] = [];
    const print = printer.device.printer.print.bind(printer.device.printer);
    printer.device.printer.print = (receipt) => {
      heads.push(receipt.blocks[0]);
      return print(receipt);
    };
    const { spool, waiting } = aSpool(store, printer, clock);
    await spool.print('gone', receiptOf('A'));
    await spool.print('gone', receiptOf('B'));
    const second = waiting()[1];
    await spool.printCopy('p1', second?.id ?? '');
    await expect.poll(() => printer.paper.map(({ text }) => text)).toEqual(['B']);
    expect(heads).toEqual([expect.objectContaining({ text: 'COPY' })]);
    await expect.poll(() => waiting().map(({ deviceId }) => deviceId)).toEqual(['gone']);
  });

  it('in 200 runs with faults prints every receipt whole, and marks every repeat', async () => {
    const faults: readonly Answer[] = ['ok', 'ok', 'unreachable', 'interrupted', 'silent', 'hangs'];
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seededRandom(seed);
      const clock = { now: 0 };
      const store = createMemoryJobStore();
      const papers: ReturnType<typeof aPrinter>['paper'] = [];
      const openedAt: number[] = [];
      const askedAt: number[] = [];
      const wanted: string[] = [];
      for (let life = 0; life < 4; life += 1) {
        const answers = life === 3 ? [] : Array.from({ length: 6 }, () => random.pick(faults));
        const printer = aPrinter(answers, () => clock.now);
        const window = { isOpen: true };
        const { spool } = aSpool(storeOf(store, window), printer, clock);
        await spool.start();
        for (let sale = 0; sale < 2; sale += 1) {
          const text = `${String(life)}-${String(sale)}`;
          wanted.push(text);
          void spool.print('p1', receiptOf(text));
          await new Promise((resolve) => setImmediate(resolve));
          askedAt.push(clock.now);
          void spool.openDrawer('p1');
        }
        // The window is gone in the middle of whatever it does, and the next one takes over.
        await settled(store, life === 3 ? 400 : 5 + random.integer(60));
        window.isOpen = false;
        papers.push(...printer.paper);
        openedAt.push(...printer.opened);
      }
      await settled(store);
      expect(await store.all(), `seed ${String(seed)}`).toEqual([]);
      for (const text of wanted) {
        const copies = papers.filter((copy) => copy.text === text);
        expect(
          copies.some(({ isWhole }) => isWhole),
          `seed ${String(seed)}: ${text}`,
        ).toBe(true);
        expect(
          copies.slice(1).every(({ isRepeat }) => isRepeat),
          `seed ${String(seed)}: ${text}`,
        ).toBe(true);
      }
      expect(openedAt.length).toBeLessThanOrEqual(askedAt.length);
    }
  }, 60_000);
});
