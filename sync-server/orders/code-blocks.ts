// Blocks of tracking codes: each is given out once, to a workstation or to a server process, which numbers its codes without asking
// anybody again. A block that is lost with its holder is simply not used up.

import {
  BLOCKS_MAX,
  CODES_PER_BLOCK,
  CHANCE_MAX,
  trackingCode,
} from '../../shared/domain/order/tracking-code.ts';
import type { Database } from '../db/database.ts';

/** The number of a block that nobody had before. */
export async function takeCodeBlock(database: Database, holder: string): Promise<number> {
  const rows = await database.sql<{ block: number }[]>`
    insert into code_block (block, holder)
    select coalesce(max(block), 0) + 1, ${holder} from code_block
    on conflict (block) do nothing
    returning block`;
  // Somebody else took the same number at the same moment: the next one is free.
  if (rows[0] === undefined) return takeCodeBlock(database, holder);
  if (rows[0].block >= BLOCKS_MAX) throw new RangeError('the tracking codes are used up');
  return rows[0].block;
}

/** Makes codes out of blocks, one block after the other. `chance` gives a number from 0 up to 1 that nobody can guess. */
export function createCodeMaker(given: {
  readonly takeBlock: () => Promise<number>;
  readonly chance: () => number;
}): () => Promise<string> {
  let block: Promise<number> | null = null;
  let place = CODES_PER_BLOCK;
  return async () => {
    if (block === null || place >= CODES_PER_BLOCK) {
      block = given.takeBlock();
      place = 0;
      block.catch(() => {
        block = null;
      });
    }
    const mine = place;
    place += 1;
    return trackingCode({ block: await block, place: mine, chance: Math.floor(given.chance() * CHANCE_MAX) });
  };
}
