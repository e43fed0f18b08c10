// Before a damaged journal is thrown away: sends what is whole and not confirmed yet, from the server's mark up to
// the first entry that is not. What stands behind the damage cannot be linked any more and is named as lost.

import type { JournalHead } from '../../domain/fact.ts';
import { checkLink } from '../../domain/journal.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import { parseStored, type FactStore } from './fact-store.ts';
import { hasRightHash, headOf } from './seal-fact.ts';

const STEP = 100;

/** Sends whole entries after `from`; the answer is how many the server has been given. */
export async function salvageEntries(given: {
  readonly store: FactStore;
  readonly connection: ServerConnection;
  readonly given: { readonly subtle: SubtleCrypto };
  readonly from: JournalHead;
}): Promise<number> {
  let head = given.from;
  let sent = 0;
  for (;;) {
    const stored = await given.store.after(head, STEP);
    const whole: string[] = [];
    for (const one of stored) {
      const fact = parseStored(one);
      if (!checkLink(head, fact).ok || !(await hasRightHash(fact, given.given.subtle))) break;
      whole.push(one.body);
      head = headOf(fact);
    }
    if (whole.length === 0) return sent;
    const answer = await given.connection.request('/api/v1/facts', {
      method: 'POST',
      body: `{"facts":[${whole.join(',')}]}`,
    });
    if (answer.kind !== 'ok') return sent;
    sent += whole.length;
    if (whole.length < stored.length) return sent;
  }
}
