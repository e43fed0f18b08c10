// The words of one language for what customers are told. A language is one file; a key that is missing does not compile.

import type { MessageEvent } from './message-events.ts';

export type MessageWords = {
  readonly direction: 'ltr' | 'rtl';
  readonly locale: string;
  readonly greeting: (name: string) => string;
  readonly subject: Readonly<Record<MessageEvent, (code: string) => string>>;
  readonly body: Readonly<Record<MessageEvent, (store: string, until: string) => string>>;
  readonly code: string;
  readonly goods: string;
  readonly follow: string;
  readonly noReply: string;
};
