// What the server said to a batch of facts. Only its high-water mark counts as proof; outcomes name what needs
// attention, and a fork means that somebody else has written in this journal.

import type { JournalHead } from '../../domain/fact.ts';
import { isHead } from '../storage/canary.ts';
import { isRecord, type ServerAnswer } from '../server/server-answer.ts';

export type PushVerdict =
  | { readonly kind: 'mark'; readonly head: JournalHead; readonly serverTime: string | null }
  | { readonly kind: 'forked' }
  /** Entries up to `head` were taken in, the next one never will be. */
  | { readonly kind: 'invalid'; readonly code: string; readonly head: JournalHead | null }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'later'; readonly retryAfterMs: number | null }
  | { readonly kind: 'too-large' };

/** Every answer the push route can give, folded to what delivery must do next. */
export function readPushAnswer(answer: ServerAnswer): PushVerdict {
  if (answer.kind === 'unreachable') return { kind: 'later', retryAfterMs: null };
  if (answer.kind === 'ok') {
    const head = headIn(answer.body);
    if (head === null) return { kind: 'later', retryAfterMs: null };
    const results = isRecord(answer.body) ? answer.body['results'] : null;
    const isForked =
      Array.isArray(results) && results.some((one) => isRecord(one) && one['outcome'] === 'conflict');
    return isForked ? { kind: 'forked' } : { kind: 'mark', head, serverTime: answer.serverTime };
  }
  switch (answer.status) {
    case 409:
      return { kind: 'forked' };
    case 403:
      return answer.code === 'workstation-quarantined'
        ? { kind: 'forked' }
        : { kind: 'invalid', code: answer.code, head: null };
    case 413:
      return { kind: 'too-large' };
    case 400:
    case 422:
      return { kind: 'invalid', code: answer.code, head: headIn(answer.body) };
    case 426:
      return { kind: 'outdated' };
    default:
      return { kind: 'later', retryAfterMs: answer.retryAfterMs };
  }
}

function headIn(body: unknown): JournalHead | null {
  const head = isRecord(body) ? body['head'] : null;
  return isHead(head) ? head : null;
}
