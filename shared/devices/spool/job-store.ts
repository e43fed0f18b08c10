// Where print jobs wait: on this device's disk, so that a reload, a crash or a flat battery loses none of them.

import type { PrintJob } from './print-job.ts';

export type JobStore = {
  /** On the disk when it resolves. */
  put(job: PrintJob): Promise<void>;
  remove(id: string): Promise<void>;
  /** Oldest first. */
  all(): Promise<readonly PrintJob[]>;
};

export function createMemoryJobStore(): JobStore {
  const jobs = new Map<string, PrintJob>();
  return {
    put(job) {
      jobs.set(job.id, job);
      return Promise.resolve();
    },
    remove(id) {
      jobs.delete(id);
      return Promise.resolve();
    },
    all: () => Promise.resolve(inOrder([...jobs.values()])),
  };
}

const DATABASE = 'print-spool';
const JOBS = 'jobs';

export function createIndexedDbJobStore(factory: Pick<IDBFactory, 'open'>): JobStore {
  let opening: Promise<IDBDatabase> | null = null;
  const database = (): Promise<IDBDatabase> => {
    opening ??= openDatabase(factory);
    return opening;
  };
  const run = async <Value>(
    mode: IDBTransactionMode,
    work: (jobs: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value> => {
    const transaction = (await database()).transaction(JOBS, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(JOBS));
    return new Promise<Value>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve(request.result));
      for (const failed of ['error', 'abort'])
        transaction.addEventListener(failed, () => reject(transaction.error ?? new Error(failed)));
    });
  };
  return {
    async put(job) {
      await run('readwrite', (jobs) => jobs.put(job));
    },
    async remove(id) {
      await run('readwrite', (jobs) => jobs.delete(id));
    },
    // What this file wrote is what it reads.
    all: async () => inOrder(await run<PrintJob[]>('readonly', (jobs) => jobs.getAll())),
  };
}

function openDatabase(factory: Pick<IDBFactory, 'open'>): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(JOBS, { keyPath: 'id' });
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('print-spool did not open')));
  });
}

function inOrder(jobs: readonly PrintJob[]): readonly PrintJob[] {
  return jobs.toSorted((one, other) => one.createdAtMs - other.createdAtMs || (one.id < other.id ? -1 : 1));
}
