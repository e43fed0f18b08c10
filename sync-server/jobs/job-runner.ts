// Does the work that is written down in the table of jobs. A job is taken under a lease: a server that dies in the middle leaves it to
// the next one when the lease ends. What fails is tried again with growing pauses, and given up after so many tries.
//
//   due ──lease──► handler ──ok──► gone
//    ▲                └─failed──► due again later ──too often──► given up (the handler's `giveUp` says so), gone

import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';

export type JobHandler = {
  /** Does the work, or throws. It may be called twice for one job. */
  readonly run: (payload: Readonly<Record<string, string>>) => Promise<void>;
  readonly triesMax: number;
  /** Pause before try 2; it doubles from there on, up to an hour. */
  readonly firstPauseMs: number;
  readonly giveUp?: (payload: Readonly<Record<string, string>>, problem: string) => Promise<void>;
};

export type JobRunner = {
  /** Does everything that is due now, and returns how much that was. */
  readonly runDue: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type JobRunnerGiven = {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** How often the table is looked at; null only when asked (tests). */
  readonly everyMs: number | null;
};

const LEASE_MS = 60_000;
const TAKEN_AT_ONCE = 20;
const LONGEST_PAUSE_MS = 3_600_000;
const PROBLEM_LENGTH_MAX = 300;

type Row = {
  readonly id: string;
  readonly kind: string;
  readonly payload: string;
  readonly attempts: number;
};

export function startJobRunner(given: JobRunnerGiven): JobRunner {
  const { database, log, handlers } = given;
  const stopping = new AbortController();
  let running: Promise<number> = Promise.resolve(0);

  async function runDue(): Promise<number> {
    let count = 0;
    while (!stopping.signal.aborted) {
      const jobs = await take(given);
      if (jobs.length === 0) break;
      await Promise.all(jobs.map(runOne));
      count += jobs.length;
    }
    return count;
  }

  async function runOne(job: Row): Promise<void> {
    const handler = handlers[job.kind];
    // Written by writeJobs only.
    const payload = JSON.parse(job.payload) as Record<string, string>;
    try {
      if (handler === undefined) throw new Error(`nobody does jobs of the kind ${job.kind}`);
      await handler.run(payload);
      await database.sql`delete from job where id = ${job.id} and attempts = ${job.attempts}`;
    } catch (error) {
      const problem = (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_LENGTH_MAX);
      log.warn({ job: job.id, kind: job.kind, attempts: job.attempts, error: problem }, 'job-failed');
      await postpone(job, handler, problem);
    }
  }

  async function postpone(job: Row, handler: JobHandler | undefined, problem: string): Promise<void> {
    const isOver = handler !== undefined && job.attempts >= handler.triesMax;
    try {
      if (isOver) {
        await handler.giveUp?.(JSON.parse(job.payload) as Record<string, string>, problem); // As above.
        await database.sql`delete from job where id = ${job.id}`;
        return;
      }
      const first = handler?.firstPauseMs ?? LONGEST_PAUSE_MS;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, first * 2 ** Math.min(20, job.attempts - 1));
      await database.sql`
        update job set locked_until = null, run_at = ${new Date(given.now() + pauseMs)} where id = ${job.id}`;
    } catch (error) {
      // The lease ends by itself.
      log.error({ job: job.id, error: String(error) }, 'job-not-postponed');
    }
  }

  const once = (): Promise<number> => {
    running = running.then(runDue, runDue);
    return running;
  };
  const timer =
    given.everyMs === null
      ? null
      : setInterval(() => {
          once().catch((error: unknown) => log.error({ error: String(error) }, 'jobs-unread'));
        }, given.everyMs);
  timer?.unref();
  return {
    runDue: once,
    async close() {
      stopping.abort();
      if (timer !== null) clearInterval(timer);
      await running.catch(() => 0);
    },
  };
}

/** Takes due jobs under a lease; jobs whose lease has ended are due again. Each taking counts as a try. */
async function take(given: JobRunnerGiven): Promise<readonly Row[]> {
  const now = new Date(given.now());
  const until = new Date(given.now() + LEASE_MS);
  return given.database.sql<Row[]>`
    update job set locked_until = ${until}, attempts = attempts + 1
    where id in (
      select id from job where run_at <= ${now} and (locked_until is null or locked_until <= ${now})
      order by run_at limit ${TAKEN_AT_ONCE} for update skip locked)
    returning id, kind, payload, attempts`;
}
