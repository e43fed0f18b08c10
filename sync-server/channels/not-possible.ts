// What the domain refuses about an order, as a problem document: 409 (404 where there is no such order) with its details.

import type { Refusal } from '../../shared/domain/refusal.ts';
import { RequestRefused } from '../db/request-refused.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  'order-units-short': 'The store cannot promise that much right now. Nothing was promised.',
  'order-held-elsewhere':
    'The store is working on this order already, so only the store can end it. Nothing was changed.',
  'order-move-not-allowed': 'The order has moved on, so this is not possible any more. Nothing was changed.',
  'order-substitute-not-asked': 'The store has not offered anything else for this line. Nothing was changed.',
  'feedback-too-early': 'The order is still on its way. Nothing was changed. Say it once it has ended.',
  'feedback-closed':
    'What was said of this can no longer be changed: it was more than a day ago. It stays as it was.',
};

/** The refusal with a sentence for the customer. */
export function notPossible({ reason, details }: Refusal): RequestRefused {
  return new RequestRefused({
    status: reason === 'order-unknown' ? 404 : 409,
    code: reason,
    detail: SENTENCES[reason] ?? 'That is not possible with this order. Nothing was changed.',
    extra: { details },
  });
}
