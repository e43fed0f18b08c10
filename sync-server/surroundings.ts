// What the outside world gives the server: the only places where time, ids and chance come from.

import type { Log } from './db/log.ts';

export type Surroundings = {
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Where the built apps lie, each in a folder of its name. */
  readonly appsFolder: string;
};
