// What a person may decide about each thing that stands in Needs attention. The till offers these and no others, and the server takes
// no others; what each of them does is the server's part (sync-server/attention).

export const ATTENTION_CHOICES = {
  'fact-disputed': ['seen'],
  'fact-kept': ['seen'],
  'journal-forked': ['seen'],
  'entries-lost': ['seen'],
  'order-problem': ['seen'],
  'cart-sold-twice': ['seen'],
  'voucher-used-twice': ['seen'],
  'coupon-used-twice': ['seen'],
  'card-not-approved': ['seen'],
  'webhook-dead': ['replay', 'seen'],
  'message-dead': ['resend', 'seen'],
  /** Only the till that asked the terminal can say; it settles by what that till writes down. */
  'card-unknown': [],
  'order-oversold': ['other-store', 'later', 'substitute', 'cancel', 'found'],
} as const;

export type AttentionKind = keyof typeof ATTENTION_CHOICES;
export type AttentionChoice = (typeof ATTENTION_CHOICES)[AttentionKind][number];

/** What may be chosen for a kind; nothing for one that this version does not know. */
export function choicesFor(kind: string): readonly AttentionChoice[] {
  return Object.hasOwn(ATTENTION_CHOICES, kind) ? ATTENTION_CHOICES[kind as AttentionKind] : [];
}
