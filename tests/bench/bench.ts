// What a bench is: a name to ask for it, a line for the help, and a run that returns rows.

import type { ServerProcess } from '../support/server-process.ts';
import type { Row } from './row.ts';

export type BenchOptions = {
  /** Catalogue size of the client benches. */
  readonly items: number;
  /** The running server of a store with `items` items, one for the whole run: making it takes minutes. */
  readonly bigStore: () => Promise<ServerProcess>;
  /** Few repetitions on small data: shows that everything runs, not how fast. */
  readonly isQuick: boolean;
  /** Tells what goes on while it goes on. */
  readonly say: (text: string) => void;
};

export type Bench = {
  readonly name: string;
  readonly about: string;
  run(options: BenchOptions): Promise<readonly Row[]>;
};
