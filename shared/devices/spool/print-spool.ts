// Prints jobs one after the other on each device, whatever fails: the job is on the disk before a byte is sent, one window of
// this device at a time works for a printer, and what failed is tried again until it is printed, moved or given up by a person.
// A sale never waits for any of this.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { PrintProof, PrintSpool, SpoolDevice, SpoolDevices } from '../ports.ts';
import type { JobStore } from './job-store.ts';
import {
  copiedJob,
  failedJob,
  isExpired,
  isNothingPrinted,
  keptAs,
  movedJob,
  needsPerson,
  pauseBefore,
  receiptToPrint,
  startedJob,
  type PrintJob,
} from './print-job.ts';

/** More waiting jobs than this are not taken: something is wrong that waiting does not mend. */
const JOBS_MAX = 500;
const DRAWER_VALID_MS = 10_000;

export type SpoolGiven = SpoolDevices & {
  readonly store: JobStore;
  /** Web Locks: only one window works for a printer. */
  readonly withLock: (name: string, work: () => Promise<void>) => Promise<void>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly wait: (milliseconds: number) => Promise<void>;
};

export function createPrintSpool(given: SpoolGiven): PrintSpool {
  const { store, now } = given;
  /** What a person gave up while it was being tried: no attempt may put it back. */
  const givenUp = new Set<string>();
  const working = new Map<string, Promise<void>>();
  const firstAttempts = new Map<string, (outcome: Outcome<PrintProof>) => void>();
  let wakeUp = (): void => undefined;
  let nap = Promise.resolve();
  const newNap = (): void => {
    nap = new Promise((resolve) => {
      wakeUp = resolve;
    });
  };
  newNap();
  let lookNumber = 0;
  /** Tells which receipts wait: a drawer is open in seconds or never. A look that was overtaken by a later one is not told. */
  const changed = async (): Promise<void> => {
    lookNumber += 1;
    const look = lookNumber;
    const jobs = await store.all();
    if (look === lookNumber) given.onChange(jobs.filter(({ content }) => content.kind === 'receipt'));
  };

  const tell = (job: PrintJob, outcome: Outcome<PrintProof>): void => {
    firstAttempts.get(job.id)?.(outcome);
    firstAttempts.delete(job.id);
  };
  const finish = async (job: PrintJob, outcome: Outcome<PrintProof>): Promise<void> => {
    // Meanwhile somebody may have moved the job to another printer, or given it up.
    const kept = (await store.all()).find(({ id }) => id === job.id);
    const next = outcome.ok ? null : failedJob(job, outcome.reason);
    const instead = outcome.ok || job.content.kind === 'drawer' ? null : insteadOf(job, outcome.reason);
    if (next === null) await store.remove(job.id);
    else if (kept !== undefined && !givenUp.has(job.id))
      await store.put(movedTo(next, instead ?? kept.deviceId));
    await changed();
    tell(job, outcome);
    if (instead !== null) work(instead);
  };
  /** The printer that this one's receipts go to when it certainly printed nothing. */
  const insteadOf = (job: PrintJob, reason: string): string | null => {
    if (!isNothingPrinted(reason)) return null;
    const instead = given.insteadOf?.(job.deviceId) ?? null;
    return instead !== null && instead !== job.deviceId && given.deviceOf(instead) !== null ? instead : null;
  };
  const attempt = async (queued: PrintJob): Promise<boolean> => {
    const device = given.deviceOf(queued.deviceId);
    if (isExpired(queued, now())) {
      await finish(queued, refuse('drawer-too-late'));
      return true;
    }
    const job = startedJob(queued);
    await store.put(job);
    if (givenUp.has(job.id)) {
      await store.remove(job.id);
      await changed();
      return true;
    }
    const outcome = device === null ? refuse('printer-not-set-up') : await send(device, job);
    await finish(job, outcome);
    return outcome.ok;
  };
  const send = async (device: SpoolDevice, job: PrintJob): Promise<Outcome<PrintProof>> => {
    if (job.content.kind === 'drawer') {
      const opened = await device.drawer.open();
      return opened.ok ? accept(null) : opened;
    }
    const repeated = job.isRepeat ? given.repeatSentence() : null;
    const sentence = job.isCopy === true ? given.copySentence() : repeated;
    return device.printer.print(receiptToPrint(job.content.receipt, sentence), keptAs(job));
  };
  const jobsOf = async (deviceId: string): Promise<readonly PrintJob[]> =>
    (await store.all()).filter((each) => each.deviceId === deviceId);
  const chosen = async (id: string | undefined): Promise<readonly PrintJob[]> =>
    (await store.all()).filter((job) => id === undefined || job.id === id);
  /** Works a device's jobs off, pausing after a failure; ends when none waits that could succeed. */
  const workOff = async (deviceId: string): Promise<void> => {
    // Whoever holds the lock sends nothing yet: a job that is being sent was left behind by a window that is gone.
    const isKept = given.deviceOf(deviceId)?.isKept === true;
    for (const job of await jobsOf(deviceId)) {
      if (job.state === 'sending') await finish(job, refuse(isKept ? 'printer-server-lost' : 'till-stopped'));
    }
    for (;;) {
      const waiting = (await jobsOf(deviceId)).filter((each) => !needsPerson(each));
      // A drawer does not wait for paper.
      const job = waiting.find(({ content }) => content.kind === 'drawer') ?? waiting[0];
      if (job === undefined) return;
      const isDone = await attempt(job);
      if (!isDone) {
        await Promise.race([given.wait(pauseBefore(job.attempts + 1)), nap]);
      }
    }
  };
  const goOn = async (deviceId: string): Promise<void> => {
    working.delete(deviceId);
    // A job may have come between the last look and here.
    if ((await jobsOf(deviceId)).some(({ attempts }) => attempts === 0)) work(deviceId);
  };
  const work = (deviceId: string): void => {
    if (working.has(deviceId)) return;
    const run = given
      .withLock(`print ${deviceId}`, () => workOff(deviceId))
      .then(
        () => goOn(deviceId),
        () => goOn(deviceId),
      );
    working.set(deviceId, run);
  };
  const add = async (deviceId: string, content: PrintJob['content']): Promise<Outcome<PrintProof>> => {
    const waiting = await store.all();
    if (waiting.length >= JOBS_MAX) return refuse('printer-queue-full', { max: JOBS_MAX });
    const job: PrintJob = {
      id: given.newId(),
      deviceId,
      createdAtMs: now(),
      content,
      state: 'queued',
      attempts: 0,
      isRepeat: false,
      problem: null,
    };
    await store.put(job);
    const isBehind = waiting.some((each) => each.deviceId === deviceId && each.problem !== null);
    const first = new Promise<Outcome<PrintProof>>((resolve) => firstAttempts.set(job.id, resolve));
    await changed();
    work(deviceId);
    wakeUp();
    newNap();
    // Behind a job that cannot be printed nothing is printed now: its reason is this one's too.
    const before = waiting.find((each) => each.deviceId === deviceId && each.problem !== null);
    return isBehind && content.kind === 'receipt' ? refuse(before?.problem ?? 'printer-busy') : first;
  };
  return {
    async start() {
      await changed();
      for (const { deviceId } of await store.all()) work(deviceId);
    },
    print: (deviceId, receipt) => add(deviceId, { kind: 'receipt', receipt }),
    openDrawer: (deviceId) => add(deviceId, { kind: 'drawer', expiresAtMs: now() + DRAWER_VALID_MS }),
    retry() {
      wakeUp();
      newNap();
      void store.all().then((jobs) => jobs.forEach(({ deviceId }) => work(deviceId)));
    },
    async moveTo(deviceId, id) {
      for (const job of await chosen(id)) {
        if (job.content.kind === 'drawer') await store.remove(job.id);
        else await store.put(movedJob(job, deviceId));
      }
      await changed();
      work(deviceId);
    },
    async printCopy(deviceId, id) {
      for (const job of await chosen(id)) {
        // What is on its way may still come out by itself.
        if (job.content.kind === 'receipt' && job.state === 'queued')
          await store.put(copiedJob(job, deviceId));
      }
      await changed();
      work(deviceId);
      wakeUp();
      newNap();
    },
    async discard(id) {
      givenUp.add(id);
      for (const job of await chosen(id)) {
        await store.remove(job.id);
        tell(job, accept(null));
      }
      await changed();
      wakeUp();
      newNap();
    },
  };
}

function movedTo(job: PrintJob, deviceId: string): PrintJob {
  return job.deviceId === deviceId ? job : { ...movedJob(job, deviceId), problem: job.problem };
}
