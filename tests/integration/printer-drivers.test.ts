// The drivers of local printers under the spool, over cables that stall, fall short, hang, are pulled out or are held by
// another program, with printers that run out of paper, and a till that dies: every receipt is whole on paper once, and every
// further copy says that it is one. What the strict printer read counts, nothing that our side believes.

import { beforeAll, describe, expect, it } from 'vitest';
import { paperOfColumns } from '../../shared/devices/escpos/printer-profiles.ts';
import { openSerialLink } from '../../shared/devices/link/serial-link.ts';
import { openUsbLink } from '../../shared/devices/link/usb-link.ts';
import { createLinkPrinter } from '../../shared/devices/link/link-printer.ts';
import { newPrinterMemory } from '../../shared/devices/link/printer-talk.ts';
import { createMemoryJobStore, type JobStore } from '../../shared/devices/spool/job-store.ts';
import { createPrintSpool } from '../../shared/devices/spool/print-spool.ts';
import type { PrinterStatus } from '../../shared/devices/ports.ts';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import type { CableFault, OpenFault } from '../support/fake-devices/device-host.ts';
import { FakeSerialPort } from '../support/fake-devices/fake-serial.ts';
import { FakeUsbDevice } from '../support/fake-devices/fake-usb.ts';
import { createVirtualDevice, type VirtualDevice } from '../support/fake-devices/virtual-device.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { createTickClock, type TickClock } from '../support/tick-clock.ts';
import type { PrintJob } from '../support/virtual-printer.ts';

// The encoder is fetched with the first receipt, and the clock of these runs does not wait for a disk.
beforeAll(() => import('../../shared/devices/escpos/encode-receipt.ts'));

const REPEAT = 'PRINTED AGAIN';
const PAPER = paperOfColumns(48);
const DRAWER_LATEST_MS = 10_000;
/** The question before a job and the job itself. */
const TALK_MS = 2_000;

const receiptOf = (name: string, lines: number): Receipt => ({
  language: 'en',
  blocks: Array.from({ length: lines }, () => ({ kind: 'text' as const, text: name })),
});

type Cable = 'usb' | 'serial';
type Rig = {
  readonly device: VirtualDevice;
  readonly printed: { readonly job: PrintJob; readonly atMs: number }[];
  readonly states: PrinterStatus[];
  readonly memory: ReturnType<typeof newPrinterMemory>;
  /** The browser frees the device when its page is gone. */
  readonly pageGone: () => Promise<void>;
  readonly open: Parameters<typeof createLinkPrinter>[0]['open'];
};

type Faults = { cable: CableFault[]; open: OpenFault[] };

function aRig(cable: Cable, clock: TickClock, faults: Faults, isMute = false): Rig {
  const printed: Rig['printed'] = [];
  const device = createVirtualDevice({ isMute, onJob: (job) => printed.push({ job, atMs: clock.now() }) });
  const given = {
    host: device,
    name: 'Printer',
    // The few bytes of a question or a pulse are taken whole, or not at all.
    faults: {
      next: (length: number) => (length < 40 ? 'none' : (faults.cable.shift() ?? 'none')),
      atOpen: () => faults.open.shift() ?? 'none',
    },
  };
  const replug = (again: () => void) => () => void clock.wait(2_000).then(again);
  const states: PrinterStatus[] = [];
  const memory = newPrinterMemory();
  if (cable === 'usb') {
    const usb = new FakeUsbDevice(
      given,
      replug(() => usb.plugIn()),
    );
    return {
      device,
      printed,
      states,
      memory,
      pageGone: () => usb.close(),
      // The fake has what the driver uses of a USBDevice.
      open: () => openUsbLink(usb as unknown as USBDevice, clock.wait),
    };
  }
  const port = new FakeSerialPort(
    given,
    replug(() => port.plugIn()),
  );
  const opened: { close(): Promise<void> }[] = [];
  return {
    device,
    printed,
    states,
    memory,
    async pageGone() {
      for (const link of opened.splice(0)) await link.close();
    },
    async open() {
      // The fake has what the driver uses of a SerialPort.
      const link = await openSerialLink(port as unknown as SerialPort, { baudRate: 115_200 });
      if (link.ok) opened.push(link.value);
      return link;
    },
  };
}

function aSpool(rig: Rig, store: JobStore, clock: TickClock, prefix: string) {
  const { printer, drawer, askStatus } = createLinkPrinter({
    open: rig.open,
    paper: PAPER,
    rasterText: null,
    pulse: { pin: 0, onMs: 120, offMs: 240 },
    memory: rig.memory,
    wait: clock.wait,
    onStatus: (status) => rig.states.push(status),
  });
  let ids = 0;
  const spool = createPrintSpool({
    store,
    deviceOf: () => ({ printer, drawer }),
    withLock: (_name, work) => work(),
    now: clock.now,
    newId: () => `${prefix}-${String((ids += 1)).padStart(3, '0')}`,
    wait: clock.wait,
    repeatSentence: () => REPEAT,
    copySentence: () => 'COPY',
    onChange: () => undefined,
  });
  return { spool, askStatus };
}

const settled = async (store: JobStore, clock: TickClock): Promise<void> => {
  while ((await store.all()).length > 0) await clock.wait(50);
};

describe.each(['usb', 'serial'] as const)('a printer on %s', (cable) => {
  const one = (faults: Partial<Faults> = {}, isMute = false) => {
    const clock = createTickClock();
    const rig = aRig(cable, clock, { cable: [], open: [], ...faults }, isMute);
    const store = createMemoryJobStore();
    return { clock, rig, store, ...aSpool(rig, store, clock, 'a') };
  };
  const texts = (rig: Rig) => rig.printed.map(({ job }) => [job.text, job.isComplete, job.faults]);

  it('proves that the receipt is on paper', async () => {
    const { clock, rig, spool } = one();
    expect(await clock.run(spool.print('p', receiptOf('Tea', 1)), 60_000)).toEqual({
      ok: true,
      value: 'on-paper',
    });
    expect(texts(rig)).toEqual([['Tea\n[cut]', true, []]]);
  });

  it('that never says anything has taken the receipt, and no more is claimed', async () => {
    const { clock, rig, spool } = one({}, true);
    expect(await clock.run(spool.print('p', receiptOf('Tea', 1)), 60_000)).toEqual({
      ok: true,
      value: 'sent',
    });
    expect(texts(rig)).toEqual([['Tea\n[cut]', true, []]]);
  });

  it('without paper refuses before a byte, and prints by itself when there is some', async () => {
    const { clock, rig, spool, store } = one();
    rig.device.change({ paper: 'out' });
    expect(await clock.run(spool.print('p', receiptOf('Tea', 1)), 60_000)).toMatchObject({
      reason: 'printer-paper-out',
    });
    rig.device.change({ paper: 'loaded' });
    await clock.run(settled(store, clock), 60_000);
    expect(texts(rig)).toEqual([['Tea\n[cut]', true, []]]);
  });

  it('says that another program holds it, and never opens a drawer late for that', async () => {
    const { clock, rig, spool, store } = one({ open: Array.from({ length: 40 }, () => 'claimed') });
    expect(await clock.run(spool.openDrawer('p'), 60_000)).toMatchObject({ reason: 'printer-claimed' });
    expect(await clock.run(spool.print('p', receiptOf('Tea', 1)), 600_000)).toMatchObject({
      reason: 'printer-claimed',
    });
    await clock.run(settled(store, clock), 3_600_000);
    expect(texts(rig)).toEqual([['Tea\n[cut]', true, []]]);
    expect(rig.printed.flatMap(({ job }) => job.drawerPulses)).toEqual([0]);
  });

  it('tells how it is between jobs', async () => {
    const { clock, rig, askStatus } = one();
    rig.device.change({ paper: 'near-end' });
    expect(await clock.run(askStatus(), 60_000)).toMatchObject({ ok: true, value: { paper: 'near-end' } });
    rig.device.change({ isCoverOpen: true });
    expect(await clock.run(askStatus(), 60_000)).toMatchObject({ value: { isCoverOpen: true } });
    expect(rig.printed).toEqual([]);
  });

  it('that hangs in the middle prints the receipt again, with a line that says so', async () => {
    const { clock, rig, spool, store } = one({ cable: ['hang'] });
    expect(await clock.run(spool.print('p', receiptOf('Tea', 20)), 60_000)).toMatchObject({
      reason: 'printer-interrupted',
    });
    await clock.run(settled(store, clock), 600_000);
    const last = rig.printed.at(-1)?.job;
    expect([last?.text.startsWith(`                 ${REPEAT}`), last?.isComplete, last?.faults]).toEqual([
      true,
      true,
      [],
    ]);
  });
});

it('a stalled pipe and short writes on USB cost nothing', async () => {
  const clock = createTickClock();
  const rig = aRig('usb', clock, { cable: ['stall', 'short', 'short'], open: [] });
  const { spool } = aSpool(rig, createMemoryJobStore(), clock, 'a');
  expect(await clock.run(spool.print('p', receiptOf('Tea', 2)), 60_000)).toEqual({
    ok: true,
    value: 'on-paper',
  });
  expect(rig.printed.map(({ job }) => [job.text, job.faults])).toEqual([['Tea\nTea\n[cut]', []]]);
});

const CABLE_FAULTS: readonly CableFault[] = ['none', 'none', 'none', 'stall', 'short', 'hang', 'unplug'];
const OPEN_FAULTS: readonly OpenFault[] = ['none', 'none', 'none', 'none', 'claimed', 'claim-hangs'];
/** One piece of a transfer, or two. */
const LENGTHS = [20, 20, 110] as const;
const LIVES = 3;

/** Returns how many copies said that they are one. */
async function faultRun(seed: number): Promise<number> {
  const random = seededRandom(seed);
  const clock = createTickClock();
  const faults: Faults = { cable: [], open: [] };
  const isMute = seed % 5 === 0;
  const rig = aRig(seed % 2 === 0 ? 'usb' : 'serial', clock, faults, isMute);
  const store = createMemoryJobStore();
  const wanted: string[] = [];
  const askedAt: number[] = [];
  const life = async (number: number): Promise<void> => {
    const isLast = number === LIVES - 1;
    if (!isLast) {
      faults.cable = Array.from({ length: 5 }, () => random.pick(CABLE_FAULTS));
      faults.open = Array.from({ length: 5 }, () => random.pick(OPEN_FAULTS));
      // A printer that says nothing loses what it holds with its power, and nobody can know.
      if (!isMute && random.integer(3) === 0) {
        const what = random.pick([{ paper: 'out' as const }, { isCoverOpen: true }]);
        rig.device.setMishap({
          afterBytes: 60 + random.integer(200),
          happens: () => {
            rig.device.change(what);
            void clock.wait(3_000).then(() => rig.device.change({ paper: 'loaded', isCoverOpen: false }));
          },
        });
      }
    } else {
      Object.assign(faults, { cable: [], open: [] });
      rig.device.setMishap(null);
    }
    const window = { isOpen: true };
    const { spool } = aSpool(rig, storeOf(store, window), clock, String(number));
    await spool.start();
    for (const sale of [0, 1]) {
      const name = `SALE-${String(number)}-${String(sale)}`;
      wanted.push(name);
      void spool.print('p', receiptOf(`${name} ${'='.repeat(36)}`, random.pick(LENGTHS)));
      askedAt.push(clock.now());
      void spool.openDrawer('p');
      await clock.wait(random.integer(4_000));
    }
    if (isLast) await settled(store, clock);
    else await clock.wait(random.integer(20_000));
    window.isOpen = false;
    await rig.pageGone();
  };
  const all = async (): Promise<void> => {
    for (let number = 0; number < LIVES; number += 1) await life(number);
    // What lay in the printer's memory comes out with the paper.
    rig.device.change({ paper: 'loaded', isCoverOpen: false });
  };
  await clock.run(all(), 24 * 3_600_000);
  judge(seed, { rig, wanted, askedAt });
  return rig.printed.filter(({ job }) => job.text.includes(REPEAT)).length;
}

function judge(
  seed: number,
  { rig, wanted, askedAt }: { rig: Rig; wanted: readonly string[]; askedAt: readonly number[] },
): void {
  for (const name of wanted) {
    const copies = rig.printed.map(({ job }) => job).filter(({ text }) => text.includes(name));
    const whole = copies.filter(
      ({ isComplete, cuts, faults }) => isComplete && cuts === 1 && faults.length === 0,
    );
    expect(whole.length, `seed ${String(seed)}: ${name} is whole on paper`).toBeGreaterThan(0);
    const unmarked = copies.filter(({ text }) => !text.includes(REPEAT));
    expect(unmarked.length, `seed ${String(seed)}: ${name} without a mark`).toBeLessThanOrEqual(1);
  }
  const pulses = rig.printed.flatMap(({ job, atMs }) => Array.from({ length: job.drawerPulses }, () => atMs));
  expect(pulses.length, `seed ${String(seed)}: pulses`).toBeLessThanOrEqual(askedAt.length);
  for (const atMs of pulses) {
    const isFresh = askedAt.some((asked) => asked <= atMs && atMs <= asked + DRAWER_LATEST_MS + TALK_MS);
    expect(isFresh, `seed ${String(seed)}: a drawer opened late`).toBe(true);
  }
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

describe('200 runs with faults of cable, paper and till', () => {
  const BLOCKS = Array.from({ length: 10 }, (_, block) => block);
  it.each(BLOCKS)(
    'print every receipt whole and mark every further copy (block %i of 20 seeds)',
    async (block) => {
      let marked = 0;
      for (let seed = block * 20 + 1; seed <= block * 20 + 20; seed += 1) marked += await faultRun(seed);
      // The faults really cut receipts off.
      expect(marked).toBeGreaterThan(5);
    },
    120_000,
  );
});
