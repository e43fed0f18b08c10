// A process that holds some of the replay's workstations. It prepares them, waits for the word to go, books, waits
// until the whole store is quiet, and hands back what its workstations were told and what they hold.

import type { DriveGiven, DriveResult } from './drive-workstation.ts';
import { prepareWorkstation } from './drive-workstation.ts';
import { shopClock } from './shop-clock.ts';

export type ProcessGiven = {
  readonly timeZone: string;
  readonly workstations: readonly Omit<DriveGiven, 'instantOf'>[];
};

export type ToProcess =
  | { readonly kind: 'prepare'; readonly given: ProcessGiven }
  | { readonly kind: 'go' | 'finish' };
export type FromProcess =
  | { readonly kind: 'prepared' | 'booked' }
  | { readonly kind: 'finished'; readonly results: readonly DriveResult[] }
  | { readonly kind: 'failed'; readonly sentence: string };

const say = (message: FromProcess): void => void process.send?.(message);

let driven: Awaited<ReturnType<typeof prepareWorkstation>>[] = [];

async function obey(message: ToProcess): Promise<void> {
  switch (message.kind) {
    case 'prepare': {
      const { timeZone, workstations } = message.given;
      driven = await Promise.all(
        workstations.map((given) => prepareWorkstation({ ...given, instantOf: shopClock(timeZone) })),
      );
      say({ kind: 'prepared' });
      return;
    }
    case 'go':
      await Promise.all(driven.map((one) => one.bookAll()));
      say({ kind: 'booked' });
      return;
    case 'finish':
      // A long message is still on its way when `send` returns: the line is hung up only after it.
      process.send?.(
        {
          kind: 'finished',
          results: await Promise.all(driven.map((one) => one.finish())),
        } satisfies FromProcess,
        () => process.disconnect(),
      );
  }
}

process.on('message', (message) => {
  // Only run.ts speaks to this process.
  obey(message as ToProcess).catch((error: unknown) => {
    say({
      kind: 'failed',
      sentence: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  });
});
